using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Modeling.Statistics;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring.Protocol;
using static System.FormattableString;

namespace MlOpsBuild.Delivery.Views;

/// <summary>
/// Looks how old the newest online value of a feature view is, and what became of the searches for values. Keys of which nothing is known
/// are told: whether they are more than in training is judged by the columns that rows lack.
/// </summary>
/// <param name="view">What the version takes of the view.</param>
/// <param name="tolerated">The share of searches, 0 to 1, that may find a value which is too old.</param>
public sealed class ViewFreshness(JoinedView view, double tolerated)
{
    private const double Trust = 0.05;
    private int _found;
    private int _unknown;
    private int _stale;

    /// <summary>Takes a line of the log.</summary>
    public void Add(LogEntry entry)
    {
        if (entry.LookedUp is { } lookup && lookup.Views.TryGetValue(view.Name, out var outcome))
        {
            (_found, _unknown, _stale) = outcome switch
            {
                LookupOutcome.Found => (_found + 1, _unknown, _stale),
                LookupOutcome.Unknown => (_found, _unknown + 1, _stale),
                _ => (_found, _unknown, _stale + 1),
            };
        }
    }

    /// <summary>What the lines and the store say together.</summary>
    /// <param name="state">What the store has; null for nothing.</param>
    /// <param name="now">The moment of the look.</param>
    public MonitorAspect Judge(OnlineState? state, DateTimeOffset now)
    {
        if (state == null)
        {
            return Aspect(Verdict.Failed, "no value was ever written to the online store: ./build.sh Materialize");
        }

        var all = _found + _unknown + _stale;
        var looked = all == 0 ? "nothing was looked up"
            : Invariant($"{all:N0} looked up: {_unknown:N0} of keys of which nothing is known, {_stale:N0} too old");
        if (state.Newest is not { } newest)
        {
            return Aspect(Verdict.Failed, $"the online store has no value; {looked}");
        }

        var age = now - newest;
        var told = Invariant($"the newest of {state.Count:N0} values is {Hours(age)} old, written {Hours(now - state.At)} ago");
        if (view.MaxAge is not { } most)
        {
            return Aspect(Verdict.Inconclusive, $"{told}; no age is declared by .FreshFor(…); {looked}") with { Judged = false };
        }

        var (lower, upper) = (RateBound.Lower(_stale, all, Trust), RateBound.Upper(_stale, all, Trust));
        return Aspect(
            age > most || lower > tolerated ? Verdict.Failed : upper <= tolerated ? Verdict.Passed : Verdict.Inconclusive,
            Invariant($"{told}, at most {Hours(most)} is wanted; {looked}, tolerated {tolerated:0.##%}")) with
        {
            Since = age > most ? DateOnly.FromDateTime((newest + most).UtcDateTime) : null,
        };
    }

    private MonitorAspect Aspect(Verdict verdict, string evidence) => new($"feature view {view.Name}, freshness", verdict, evidence);

    private static string Hours(TimeSpan time) => time < TimeSpan.FromHours(2)
        ? Invariant($"{time.TotalMinutes:0} min")
        : Invariant($"{time.TotalHours:0.#} h");
}
