/// How the page looks: one style sheet, light and dark, for wide and narrow windows.
enum HTMLStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --ground: #f6f7f9; --paper: #ffffff; --ink: #1b2430; --quiet: #5b6777; --line: #d9dee6;
      --good: #0a7a43; --bad: #b3261e; --doubt: #8a5a00; --good-ground: #e4f5ec;
      --bad-ground: #fdecea; --doubt-ground: #fdf3dc; --client: #e4eefb; --provider: #eef0f3;
      --accent: #1e5fb4; --code: #f0f2f5;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #12161c; --paper: #1a2028; --ink: #e4e9f0; --quiet: #9aa7b8; --line: #303945;
        --good: #5fd39a; --bad: #ff8a80; --doubt: #f2c063; --good-ground: #13301f;
        --bad-ground: #3a1a18; --doubt-ground: #352a12; --client: #17314f; --provider: #262e39;
        --accent: #86b7f5; --code: #10141a;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--ground); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    }
    main { max-width: 62rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
    h1 { font-size: 1.35rem; line-height: 1.25; margin: 0; }
    h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
    h3 { font-size: 1rem; margin: 0 0 .35rem; overflow-wrap: anywhere; }
    p { margin: .35rem 0; }
    code, pre, .mono { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, monospace; }
    code, pre { font-size: .84rem; }
    .quiet { color: var(--quiet); }
    .verdict {
      border-radius: .75rem; padding: 1rem 1.15rem; border: 1px solid var(--line);
      border-left-width: .45rem;
    }
    .verdict.good { background: var(--good-ground); border-left-color: var(--good); }
    .verdict.bad { background: var(--bad-ground); border-left-color: var(--bad); }
    .verdict.good h1 { color: var(--good); }
    .verdict.bad h1 { color: var(--bad); }
    .verdict p { overflow-wrap: anywhere; }
    nav { margin-top: .9rem; display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; }
    a { color: var(--accent); }
    .card {
      background: var(--paper); border: 1px solid var(--line); border-radius: .75rem;
      padding: 1rem 1.15rem; margin: 0 0 1rem;
    }
    .tag {
      display: inline-block; font-size: .78rem; font-weight: 600; padding: .05rem .55rem;
      border-radius: 1rem; margin-right: .4rem; white-space: nowrap;
    }
    .tag.failure, .tag.failed { color: var(--bad); background: var(--bad-ground); }
    .tag.flaky, .tag.pending { color: var(--doubt); background: var(--doubt-ground); }
    .tag.passed { color: var(--good); background: var(--good-ground); }
    .tag.skipped { color: var(--quiet); background: var(--code); }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: .6rem 0; }
    dt { color: var(--quiet); }
    dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
    .command {
      display: block; user-select: all; background: var(--code); border: 1px solid var(--line);
      border-radius: .5rem; padding: .5rem .7rem; overflow-x: auto; white-space: pre-wrap;
      overflow-wrap: anywhere; margin: .3rem 0 0;
    }
    pre {
      background: var(--code); border: 1px solid var(--line); border-radius: .5rem;
      padding: .6rem .8rem; overflow-x: auto; margin: .5rem 0;
    }
    .talk { margin: .8rem 0; display: grid; gap: .35rem; }
    .talk .ends {
      display: flex; justify-content: space-between; font-size: .8rem; color: var(--quiet);
    }
    .talk p {
      margin: 0; padding: .3rem .65rem; border-radius: .6rem; max-width: 86%;
      overflow-wrap: anywhere; font-size: .84rem; border: 1px solid var(--line);
    }
    .talk .client { background: var(--client); justify-self: start; border-bottom-left-radius: 0; }
    .talk .provider {
      background: var(--provider); justify-self: end; border-bottom-right-radius: 0;
    }
    .talk .event, .talk .process {
      justify-self: center; border-style: dashed; color: var(--bad); max-width: 100%;
    }
    .talk b { color: var(--accent); margin-right: .45rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; }
    th { text-align: left; color: var(--quiet); font-weight: 600; }
    th, td { padding: .32rem .9rem .32rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
    tr:last-child td { border-bottom: 0; }
    td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
    td.number { white-space: nowrap; }
    td.name { overflow-wrap: anywhere; min-width: 8.5rem; }
    tr.never td { color: var(--doubt); }
    meter { width: 4.5rem; vertical-align: middle; margin-left: .4rem; }
    details { margin: .6rem 0 0; }
    summary { cursor: pointer; color: var(--accent); }
    ul { margin: .3rem 0; padding-left: 1.2rem; }
    svg { display: block; margin: 0 auto; max-width: 100%; height: auto; }
    @media (min-width: 70rem) {
      .wide { width: min(96vw, 110rem); margin-left: 50%; transform: translateX(-50%); }
    }
    svg text { font: 12px ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, monospace; }
    svg .state { fill: var(--client); stroke: var(--accent); stroke-width: 1.4; }
    svg .label { fill: var(--paper); stroke: var(--line); }
    svg .title { font-weight: 700; fill: var(--ink); }
    svg .text { fill: var(--ink); }
    svg .arrow { fill: none; stroke: var(--quiet); stroke-width: 1.3; }
    svg .head { fill: var(--quiet); }
    @media (max-width: 36rem) {
      body { font-size: 15px; }
      main { padding: .75rem .65rem 2rem; }
      .card { padding: .8rem .8rem; }
      dl { grid-template-columns: 1fr; gap: 0; }
      dd { margin-bottom: .4rem; }
      .talk p { max-width: 94%; }
      meter { display: none; }
    }
    @media print { nav { display: none; } .card { break-inside: avoid; } }
    """
}
