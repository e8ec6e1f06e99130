print("colend")
