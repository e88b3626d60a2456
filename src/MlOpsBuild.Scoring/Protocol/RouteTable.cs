using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Where requests go; replaced as a whole, so that no request sees half a change.</summary>
public sealed record RouteTable
{
    private const double AllPercent = 100;

    /// <summary>Nothing serves.</summary>
    public static RouteTable Empty { get; } = new();

    /// <summary>Counts the changes; given by the gateway.</summary>
    public long Generation { get; init; }

    /// <summary>Serves what the canary does not; null before a first version has proved itself.</summary>
    public Upstream? Baseline { get; init; }

    /// <summary>The version on trial, or null.</summary>
    public Upstream? Canary { get; init; }

    /// <summary>The canary's share of requests, 0 to 100.</summary>
    public double CanaryPercent { get; init; }

    /// <summary>Share of requests that the other arm answers too, unseen by the caller, 0 to 100.</summary>
    public double MirrorPercent { get; init; }

    /// <summary>Seconds after which the canary loses its share unless the lease is renewed.</summary>
    public double LeaseSeconds { get; init; }

    /// <summary>Versions kept warm: they answer when the baseline does not, the nearest first.</summary>
    // Generated code that reads this gives null to what is left out.
    public IReadOnlyList<Upstream> Warm { get; init => field = value ?? []; } = [];

    /// <summary>Keeps a caller with one arm; null draws each request by itself.</summary>
    public Stickiness? Sticky { get; init; }

    /// <summary>
    /// Whether callers are split before they come to the gateway: those at <see cref="GatewayOptions.CanaryPort"/> are the canary's.
    /// Callers who stay with an arm (<see cref="Sticky"/>) and rehearsals are split by the gateway all the same.
    /// </summary>
    public bool SplitBefore { get; init; }

    /// <summary>The canary's share of what is split before the gateway, 0 to 100.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double PercentBefore => this is { SplitBefore: true, Sticky: null, Canary: not null } ? CanaryPercent : 0;

    /// <summary>What a request keeps to; a refusal of one that does is an event.</summary>
    public RequestContract? Contract { get; init; }

    /// <summary>The A/B test that goes on; null when none does. It has no lease: nobody need be there while it lasts.</summary>
    public ExperimentRoute? Experiment { get; init; }

    /// <summary>What is kept of predictions.</summary>
    public PredictionLogPolicy Log { get; init => field = value ?? PredictionLogPolicy.Usual; } = PredictionLogPolicy.Usual;

    /// <summary>What made the routes so.</summary>
    public RouteChange? Change { get; init; }

    /// <summary>Every version in it; the one on test last, so that it answers for another one only where nothing else does.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<Upstream> Upstreams => new[] { Baseline, Canary }.OfType<Upstream>()
        .Concat(Warm)
        .Concat(Experiment == null ? [] : [Experiment.Treatment])
        .DistinctBy(upstream => upstream.Address);

    /// <summary>The share of requests that <paramref name="upstream"/> gets, 0 to 100; of an A/B test, that of units.</summary>
    public double PercentOf(Upstream upstream) =>
        upstream.Address == Canary?.Address ? CanaryPercent
        : upstream.Address == Experiment?.Treatment.Address ? Experiment!.Percent
        : upstream.Address == Baseline?.Address ? AllPercent - CanaryPercent - (Experiment?.Percent ?? 0)
        : 0;

    /// <summary>The same without the version on trial, or on test: callers have what they had before.</summary>
    public RouteTable WithoutTrial(RouteChange change) =>
        this with { Canary = null, CanaryPercent = 0, MirrorPercent = 0, LeaseSeconds = 0, Experiment = null, Change = change };

    /// <summary>Whether they are a rehearsal's, which ends with its build: nobody relies on them.</summary>
    public bool Rehearsed { get; init; }

    /// <summary>What is wrong with it; empty when it can be put in force.</summary>
    public IReadOnlyList<Finding> Problems()
    {
        var problems = new List<Finding>();
        Require(Change != null, "change", null, "who changes the routes, and why");
        Require(CanaryPercent is >= 0 and <= AllPercent, "canaryPercent", CanaryPercent, "0 to 100");
        Require(MirrorPercent is >= 0 and <= AllPercent, "mirrorPercent", MirrorPercent, "0 to 100");
        Require(Log.SharePercent is >= 0 and <= AllPercent, "log.sharePercent", Log.SharePercent, "0 to 100");
        Require(Canary != null || (CanaryPercent == 0 && MirrorPercent == 0), "canary", null, "a version for the share it gets");
        Require(Canary == null || LeaseSeconds > 0, "leaseSeconds", LeaseSeconds, "more than 0 for a version on trial");
        Require(Canary == null || Canary.Address != Baseline?.Address, "canary.port", Canary?.Port, "another server than the baseline's");
        Require(Experiment is null or { Percent: > 0 and < AllPercent }, "experiment.percent", Experiment?.Percent, "above 0, below 100");
        Require(Experiment == null || Baseline != null, "experiment", null, "a version that serves beside it");
        Require(Experiment == null || Canary == null, "experiment", null, "no canary beside it");
        Require(
            Experiment == null || Experiment.Treatment.Address != Baseline?.Address, "experiment.treatment.port",
            Experiment?.Treatment.Port, "another server than the baseline's");
        Require(Experiment is null or { UnitHeader.Length: > 0, Id.Length: > 0 }, "experiment", null, "its id, and a header of units");
        Require(
            Upstreams.All(upstream => upstream is { Version: > 0, Port: > 0 and <= ushort.MaxValue }), "version, port", null,
            "both above 0");
        return problems;

        void Require(bool condition, string where, double? value, string expected)
        {
            if (!condition)
            {
                problems.Add(new(
                    "MLB2209", "Not a route table", where, value?.ToString(CultureInfo.InvariantCulture), expected,
                    "correct it; the routes in force stay as they are"));
            }
        }
    }
}
