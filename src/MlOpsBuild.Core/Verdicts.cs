namespace MlOpsBuild.Core;

/// <summary>Combines verdicts.</summary>
public static class Verdicts
{
    /// <summary>
    /// The worst of <paramref name="verdicts"/> (Error, then Failed, then Inconclusive); Inconclusive when there are none.
    /// </summary>
    public static Verdict Worst(this IEnumerable<Verdict> verdicts) => verdicts.DefaultIfEmpty(Verdict.Inconclusive).Max();
}
