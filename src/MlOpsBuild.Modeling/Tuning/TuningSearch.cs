using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>
/// Decides what is tried next. It follows from the trials that are known and from nothing else, so that a search which was cut short goes
/// on as it would have gone, and as many may run side by side as a machine bears.
/// </summary>
/// <param name="space">What may be chosen.</param>
/// <param name="method">How it is searched.</param>
/// <param name="direction">Which way the metric improves.</param>
/// <param name="trials">Most tries; of halving, most that begin.</param>
/// <param name="seed">Seed of what is drawn.</param>
public sealed class TuningSearch(SearchSpace space, SearchMethod method, Direction direction, int trials, long seed)
{
    /// <summary>Tries that are proposed together, knowing nothing of each other.</summary>
    public const int Batch = 4;

    private const int Third = 3;
    private const int MostRedraws = 200;
    private static readonly double[] Rungs = [1.0 / 9, 1.0 / 3, 1];
    private readonly Sampler _sampler = method == SearchMethod.Tpe ? new TpeSampler() : new RandomSampler();

    /// <summary>What to try next; empty when the search is over.</summary>
    /// <param name="known">All that was tried, in the order of the proposals.</param>
    /// <param name="begins">Whether new settings may still be tried; without, only what has begun is judged to the end.</param>
    public IReadOnlyList<TuningProposal> Next(IReadOnlyList<TuningTrial> known, bool begins = true)
    {
        if (method != SearchMethod.Halving)
        {
            return begins ? Begun(known, known, 1) : [];
        }

        var before = known.Where(trial => trial.Share == Rungs[0]).ToList();
        if (begins && Begun(before, known, Rungs[0]) is { Count: > 0 } first)
        {
            return first;
        }

        foreach (var share in Rungs.Skip(1))
        {
            var promoted = Promoted(before, known);
            var there = known.Where(trial => trial.Share == share).ToList();
            if (there.Count < promoted.Count)
            {
                return [.. promoted.Skip(there.Count).Take(Batch)
                    .Select((trial, place) => new TuningProposal(known.Count + place + 1, trial.Settings, share))];
            }

            before = there;
        }

        return [];
    }

    /// <summary>Trials on all rows that have a value, the best first.</summary>
    public IReadOnlyList<TuningTrial> Ranked(IEnumerable<TuningTrial> known) => Best(known.Where(trial => trial.Share == 1));

    private List<TuningProposal> Begun(IReadOnlyList<TuningTrial> begun, IReadOnlyList<TuningTrial> known, double share)
    {
        var proposals = new List<TuningProposal>();
        var ranked = Best(begun);
        var seen = begun.Select(trial => Key(trial.Settings)).ToHashSet();
        while (proposals.Count < Batch && begun.Count + proposals.Count < trials)
        {
            var number = known.Count + proposals.Count + 1;
            var settings = number == 1 ? space.Choose(range => range.Default) : Drawn(number, ranked, seen);
            if (settings == null)
            {
                break;
            }

            seen.Add(Key(settings));
            proposals.Add(new(number, settings, share));
        }

        return proposals;
    }

    // Each try has a stream of its own, whoever else draws. Where all values were tried there is nothing new.
    private IReadOnlyDictionary<string, string>? Drawn(int number, IReadOnlyList<TuningTrial> ranked, HashSet<string> seen)
    {
        var random = new SplitMix64(new SplitMix64((ulong)seed + ((ulong)number * 0x9E3779B97F4A7C15UL)).Next());
        for (var draw = 0; draw < MostRedraws; draw++)
        {
            // What the search proposes again and again it has found; chance finds what it has not seen.
            var sampler = draw < MostRedraws / 2 ? _sampler : new RandomSampler();
            var settings = space.Choose(range => sampler.Draw(range, ranked, random));
            if (!seen.Contains(Key(settings)))
            {
                return settings;
            }
        }

        return null;
    }

    // What the pipeline declares goes on with the best, since all others are compared with it.
    private List<TuningTrial> Promoted(List<TuningTrial> trials, IReadOnlyList<TuningTrial> known)
    {
        var best = Best(trials).Take((int)Math.Ceiling((double)trials.Count / Third)).ToList();
        return [.. best, .. Best(trials).Except(best).Where(trial => Key(trial.Settings) == Key(known[0].Settings))];
    }

    private IReadOnlyList<TuningTrial> Best(IEnumerable<TuningTrial> known) => TuningTrial.Ranked(known, direction);

    private static string Key(IReadOnlyDictionary<string, string> settings) =>
        string.Join('\n', settings.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
}
