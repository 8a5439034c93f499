package import Pact

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CalendarTime {
  /// The present, by the system's clock.
  package static var present: CalendarTime {
    let seconds = Date().timeIntervalSince1970
    let whole = seconds.rounded(.down)
    return CalendarTime(
      secondsSince1970: Int(whole),
      nanoseconds: Int((seconds - whole) * 1_000_000_000)
    )
  }
}
