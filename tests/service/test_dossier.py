def test_x(made):
    import subprocess
    for a in (["timeline"],["show","person","kalin"],["show","person","sheebani"],["show","office","SYR","foreign-minister"],["show","story","a1"],["correct","merge","person","Santiago Peña","Raquel Peña"],["compare","a1","b2"]):
        r=subprocess.run([".venv/bin/dragoman","--record",str(made),*a],capture_output=True,text=True); print(r.stdout,r.stderr)
