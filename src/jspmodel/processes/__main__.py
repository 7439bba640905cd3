"""The child process of ``process_map``: told a function, it applies it to one task after another."""

from jspmodel.processes.owner import Owner

owner = Owner()
for kind, message in owner.requests():
    if kind == "hold":
        held = message
        continue
    error = result = None
    try:
        work, common = held
        result = work(common, message)
    except Exception as raised:  # told to the owner, which raises it
        error = raised
    owner.tell(error, result)
