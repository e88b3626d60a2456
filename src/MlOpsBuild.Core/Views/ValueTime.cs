namespace MlOpsBuild.Core.Views;

/// <summary>When a value of a feature view was true, and when it was known: ticks of universal time.</summary>
/// <param name="At">When it was true.</param>
/// <param name="Known">When it was known; the same moment where nobody says.</param>
public readonly record struct ValueTime(long At, long Known)
{
    /// <summary>The first moment that may see it: before it was true and known it is the future.</summary>
    public long Available => Math.Max(At, Known);

    /// <summary>Whether it takes the place of <paramref name="other"/>: true later, or known later of the same moment.</summary>
    public bool Supersedes(ValueTime other) => At != other.At ? At > other.At : Known > other.Known;
}
