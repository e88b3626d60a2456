using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>
/// Of values drawn where the best tenth of the trials is dense, the one that is densest there beside all others (tree-structured Parzen
/// estimator, Bergstra et al. 2011, "Algorithms for hyper-parameter optimization"). Each parameter by itself; trials that did not ask for
/// it say nothing of it.
/// </summary>
internal sealed class TpeSampler : Sampler
{
    /// <summary>Trials before it begins; until then it draws at random.</summary>
    public const int StartUp = 10;

    private const int Candidates = 24;
    private const double GoodShare = 0.1;
    private const int MostGood = 25;
    private readonly RandomSampler _random = new();

    public override string Draw(SearchRange range, IReadOnlyList<TuningTrial> known, SplitMix64 random)
    {
        if (known.Count < StartUp)
        {
            return _random.Draw(range, known, random);
        }

        var good = Math.Min((int)Math.Ceiling(GoodShare * known.Count), MostGood);
        var (best, rest) = (ValuesOf(range, known.Take(good)), ValuesOf(range, known.Skip(good)));
        return range switch
        {
            NumberRange number => Draw(number, best, rest, random),
            ChoiceRange choice => Draw(choice, best, rest, random),
            _ => range.Default,
        };
    }

    private static List<string> ValuesOf(SearchRange range, IEnumerable<TuningTrial> trials) =>
        [.. trials.Select(trial => trial.Settings.GetValueOrDefault(range.Name)).OfType<string>()];

    private static string Draw(NumberRange range, List<string> best, List<string> rest, SplitMix64 random)
    {
        var (dense, sparse) = (Of(best), Of(rest));
        return range.At(Enumerable.Range(0, Candidates)
            .Select(_ => dense.Draw(random))
            .MaxBy(place => dense.LogDensity(place) - sparse.LogDensity(place)));

        ParzenEstimator Of(List<string> values) => new(values.Select(range.InnerOf), range.Lower, range.Upper);
    }

    // Each value has one more than it was seen, so that none is ever out of the question.
    private static string Draw(ChoiceRange range, List<string> best, List<string> rest, SplitMix64 random)
    {
        var (dense, sparse) = (Shares(best), Shares(rest));
        return range.Values[Enumerable.Range(0, Candidates).Select(_ => Drawn()).MaxBy(value => dense[value] / sparse[value])];

        double[] Shares(List<string> values) =>
            [.. range.Values.Select(value => (values.Count(other => other == value) + 1.0) / (values.Count + range.Values.Count))];

        int Drawn()
        {
            var left = random.NextDouble();
            return Array.FindIndex(dense, share => (left -= share) < 0) is >= 0 and var found ? found : dense.Length - 1;
        }
    }
}
