using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Sketches;

/// <summary>A text that is kept, and what was read from it.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Value">Its number; NaN where it has none.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Problem">Which promise it breaks, by number; 0 where it breaks none.</param>
internal readonly record struct FrequentText(TextKey Key, double Value, CellKind Kind, byte Problem);
