using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>Every value as likely as any other, or every factor where the range goes by factors.</summary>
internal sealed class RandomSampler : Sampler
{
    public override string Draw(SearchRange range, IReadOnlyList<TuningTrial> known, SplitMix64 random) => range switch
    {
        NumberRange number => number.At(number.Lower + (random.NextDouble() * (number.Upper - number.Lower))),
        ChoiceRange choice => choice.Values[random.NextInt(choice.Values.Count)],
        _ => range.Default,
    };
}
