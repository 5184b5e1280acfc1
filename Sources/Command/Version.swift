/// The version of the command, as `suoyin --version` prints it.
let version = "0.1.0"
