for v in 0.25 0.26 0.27 0.28; do
  .venv/bin/uv pip install -q --python .versions/lowest "typer==$v.*" 2>&1 | tail -1
  .versions/lowest/bin/python -W error -c "import typer; from typer.testing import CliRunner; print(typer.__version__)" 2>&1 | tail -1
done
