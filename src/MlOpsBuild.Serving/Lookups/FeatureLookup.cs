using System.Collections.Concurrent;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Metrics;

namespace MlOpsBuild.Serving.Lookups;

/// <summary>
/// Completes requests with the newest values of feature views. What a request brings itself counts; a value that nobody knows or that is
/// too old is missing, as it was in training; where the store does not answer, nothing is predicted.
/// </summary>
/// <param name="place">Where the values are; null where there are none.</param>
/// <param name="variable">Gives the value of an environment variable.</param>
/// <param name="time">The clock.</param>
internal sealed class FeatureLookup(OnlinePlace? place, Func<string, string?> variable, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<OnlineStore, IOnlineStore> _stores = new();
    private readonly ConcurrentBag<IOnlineStore> _left = [];
    private readonly ToldConnections _told = new(place);
    private LookupPlan? _plan;

    /// <summary>Completes a request for every version that may answer it.</summary>
    /// <exception cref="FindingsException">A store does not answer, or has no values of a view.</exception>
    public async Task<CompletedRequest> CompleteAsync(
        RouteTable routes, byte[] body, RequestMetrics metrics, CancellationToken cancellationToken)
    {
        var plan = PlanOf(routes);
        if (plan.Views.Count == 0)
        {
            return new(body, null, []);
        }

        using var rows = RequestRows.Of(body);
        if (rows == null)
        {
            return new(body, null, []);
        }

        var at = time.GetUtcNow();
        try
        {
            var values = new List<LookedValues>();
            foreach (var store in Enumerable.Range(0, plan.Views.Count).GroupBy(view => plan.Views[view].Store))
            {
                values.AddRange(await LookUpAsync(store.Key, plan, [.. store], rows, at.UtcTicks, cancellationToken));
            }

            Count(values, metrics);
            var bodies = plan.Sets.Select(set => Completed(
                [.. set.Select(view => values.Find(found => ReferenceEquals(found.View, plan.Views[view]))!)], rows, at, body));
            return new(body, plan, [.. bodies]);
        }
        catch (FindingsException)
        {
            metrics.LookedUp("", "failed", rows.Count);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values.Concat(_left))
        {
            await store.DisposeAsync();
        }
    }

    /// <summary>What a gateway without a place for values says.</summary>
    public static Finding WithoutPlace(string what) => new(
        "MLB5118", "This gateway looks nothing up", "online store", what, "a gateway that was started for it",
        "./build.sh Stop, then Deploy: a gateway from before has no place to look");

    /// <summary>Takes connection strings of stores beside those that it has; the names of all that it has.</summary>
    public async Task<IReadOnlyList<string>> ConnectAsync(IReadOnlyDictionary<string, string> told, CancellationToken cancellationToken)
    {
        // A store that answers somebody now does so to its end.
        foreach (var store in await _told.TakeAsync(told, cancellationToken) ? _stores.Keys : [])
        {
            if (store.Kind != OnlineStoreKind.Files && _stores.TryRemove(store, out var left))
            {
                _left.Add(left);
            }
        }

        return _told.Names;
    }

    private LookupPlan PlanOf(RouteTable routes)
    {
        var known = Volatile.Read(ref _plan);
        if (known == null || !ReferenceEquals(known.Routes, routes))
        {
            Volatile.Write(ref _plan, known = new(routes));
        }

        return known;
    }

    private async Task<IReadOnlyList<LookedValues>> LookUpAsync(
        OnlineStore store, LookupPlan plan, IReadOnlyList<int> views, RequestRows rows, long moment, CancellationToken cancellationToken)
    {
        List<LookedValues> looked = [.. views.Select(view => new LookedValues(plan.Views[view], plan.Parsers[view], rows))];
        List<LookedValues> asking = [.. looked.Where(view => view.Keys.Count > 0)];
        if (asking.Count > 0)
        {
            var answers = await Open(store).FindAsync(
                [.. asking.Select(view => new OnlineQuestion(view.View.Name, view.Keys))], cancellationToken);
            foreach (var (view, answer) in asking.Zip(answers))
            {
                view.Take(answer, moment);
            }
        }

        return looked;
    }

    private IOnlineStore Open(OnlineStore store) => _stores.GetOrAdd(
        store, wanted => place is { } known
            ? new OnlineStoreOpener(known.Folder, known.Prefix, ConnectionOf, time).Open(wanted)
            : throw new StageFailedException(WithoutPlace(wanted.Kind.ToString())));

    // What the gateway was started with counts before what it was told.
    private string? ConnectionOf(string name) => variable(name) is { Length: > 0 } own ? own : _told.Find(name);

    private static void Count(List<LookedValues> values, RequestMetrics metrics)
    {
        foreach (var outcomes in values.SelectMany(view => view.Outcomes.OfType<LookupOutcome>()
            .GroupBy(outcome => (view.View.Name, outcome))))
        {
            metrics.LookedUp(outcomes.Key.Name, outcomes.Key.outcome.ToString().ToLowerInvariant(), outcomes.Count());
        }
    }

    private static CompletedBody Completed(IReadOnlyList<LookedValues> views, RequestRows rows, DateTimeOffset at, byte[] body)
    {
        if (views.All(view => view.Outcomes.All(outcome => outcome == null)))
        {
            return new(body, null);
        }

        var lookups = Enumerable.Range(0, rows.Count).Select(row => LookupOf(views, row, at)).ToList();
        return new(rows.With(row => views.SelectMany(view => view.Of(row))), lookups);
    }

    private static LookedUp? LookupOf(IReadOnlyList<LookedValues> views, int row, DateTimeOffset at)
    {
        var own = views.Where(view => view.Outcomes[row] != null).ToList();
        return own.Count == 0 ? null : new(
            at, own.ToDictionary(view => view.View.Name, view => view.Outcomes[row]!.Value),
            [.. own.SelectMany(view => view.Of(row)).Select(value => value.Column)]);
    }
}
