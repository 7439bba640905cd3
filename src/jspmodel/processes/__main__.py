"""The child process of ``process_map``: told functions, it applies each to one task after another."""

from jspmodel.processes.owner import Owner

owner = Owner()
held = {}
for kind, key, message in owner.requests():
    if kind == "hold":
        held[key] = message
        continue
    if kind == "forget":
        del held[key]
        continue
    error = result = None
    try:
        work, common = held[key]
        result = work(common, message)
    except Exception as raised:  # told to the owner, which raises it
        error = raised
    owner.tell(error, result)
