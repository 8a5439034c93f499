import ArgumentParser
import Fuzz

extension FuzzTempo: ExpressibleByArgument {}
