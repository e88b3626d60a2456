using System.Runtime.CompilerServices;

namespace MlOpsBuild.Data.Summaries;

/// <summary>Numbers that break no promise and mean no missing value, as long as few digits write them.</summary>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="AreWhole">Whether they have no fraction.</param>
internal readonly record struct PlainNumbers(double Minimum, double Maximum, bool AreWhole)
{
    /// <summary>Whether a number is one of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contain(double value) => value >= Minimum && value <= Maximum && (!AreWhole || value == Math.Floor(value));
}
