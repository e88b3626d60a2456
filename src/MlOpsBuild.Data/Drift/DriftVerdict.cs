using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Drift;

/// <summary>Whether a column moved.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Verdict">Failed where it moved by more than is tolerated and chance does not explain it; Inconclusive where a move of that
/// size could not be told from chance.</param>
/// <param name="Index">The population stability index.</param>
/// <param name="Probability">The probability of shares so different by chance, in [0, 1].</param>
/// <param name="Adjusted">The same, adjusted for the number of columns (Benjamini and Hochberg 1995).</param>
/// <param name="ByChance">The index that chance alone exceeds in 5 %.</param>
public sealed record DriftVerdict(string Column, Verdict Verdict, double Index, double Probability, double Adjusted, double ByChance);
