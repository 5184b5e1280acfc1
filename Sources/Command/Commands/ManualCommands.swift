extension CommandRun {
  func manual() throws -> Int32 {
    try console.out.write(Manual.page)
    return 0
  }

  func completion() throws -> Int32 {
    let shell = invocation.operands[0]
    guard let script = Completion.script(for: shell) else {
      throw Failure(
        "there is no completion for “\(shell)”",
        remedy: "name one of \(Completion.shells.joined(separator: ", "))")
    }
    try console.out.write(script)
    return 0
  }
}
