/// A number with its thousands apart: `12,340`.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var result = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return number < 0 ? "-" + result : result
}

/// A number and its noun: `1 article`, `2 articles`.
func counted(_ number: Int, _ noun: String) -> String {
  "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}

/// A number with a fixed number of decimals, rounded half away from zero: `3.1`.
func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite, value.magnitude < 1e15 else { return String(value) }
  let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
  let scaled = Int((value.magnitude * scale).rounded())
  let whole = scaled / Int(scale)
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return sign + grouped(whole) }
  let fraction = String(scaled % Int(scale))
  let zeros = String(repeating: "0", count: decimals - fraction.count)
  return "\(sign)\(grouped(whole)).\(zeros)\(fraction)"
}

/// Bytes in the unit that suits them: `812 bytes`, `4.7 MB`.
func byteCount(_ bytes: Int) -> String {
  let units = ["KB", "MB", "GB", "TB"]
  var value = Double(bytes)
  guard value >= 1000 else { return counted(bytes, "byte") }
  var unit = -1
  while value >= 999.95, unit + 1 < units.count {
    value /= 1000
    unit += 1
  }
  return "\(fixed(value, 1)) \(units[unit])"
}

/// Seconds as a clock shows them: `0:07`, `1:02:03`.
func clockTime(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e9 else { return "–" }
  let whole = Int(seconds.rounded(.up))
  let (hours, minutes) = (whole / 3600, whole / 60 % 60)
  let twoDigits = { (n: Int) in n < 10 ? "0\(n)" : "\(n)" }
  let tail = twoDigits(whole % 60)
  return hours > 0 ? "\(hours):\(twoDigits(minutes)):\(tail)" : "\(minutes):\(tail)"
}
