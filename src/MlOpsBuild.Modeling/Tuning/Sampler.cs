using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>Proposes a value for a parameter, from the trials that are known.</summary>
internal abstract class Sampler
{
    /// <summary>A value of <paramref name="range"/>, in the form that <c>--set</c> takes.</summary>
    /// <param name="range">What may be chosen.</param>
    /// <param name="known">Trials with a value, the best first.</param>
    /// <param name="random">What is drawn from.</param>
    public abstract string Draw(SearchRange range, IReadOnlyList<TuningTrial> known, SplitMix64 random);
}
