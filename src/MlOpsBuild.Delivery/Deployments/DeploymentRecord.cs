using System.Text.Json.Serialization;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What happened in one deployment; stored in <c>.mlops/deployments</c>.</summary>
public sealed record DeploymentRecord
{
    /// <summary>Name; sorts by time.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Where.</summary>
    public required string Environment { get; init; }

    /// <summary>The version to deploy.</summary>
    public required int Version { get; init; }

    /// <summary>The version that served before, or null.</summary>
    public int? From { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset Ended { get; init; }

    /// <summary>What came of it.</summary>
    public DeploymentOutcome Outcome { get; init; }

    /// <summary>Whether it was a rehearsal: nothing of it outlived the build.</summary>
    // Left out where it is not, as in records that were signed before it was kept.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Rehearsed { get; init; }

    /// <summary>Whether this deployment put its version there.</summary>
    [JsonIgnore]
    public bool PutInPlace => Outcome is DeploymentOutcome.Promoted or DeploymentOutcome.FirstServed;

    /// <summary>Why, with numbers.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The last lines of the log of a version that did not take over, the oldest first.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>Where it serves.</summary>
    public Uri? Address { get; init; }

    /// <summary>The units in which the canary was judged; null without a champion.</summary>
    public CanaryReference? Reference { get; init; }

    /// <summary>What the canary could see, told before it began; null without a champion.</summary>
    public CanaryPlan? Plan { get; init; }

    /// <summary>The policy in force; null in records from before it was kept.</summary>
    public CanaryPolicy? Policy { get; init; }

    /// <summary>Every look of the canary judge.</summary>
    public IReadOnlyList<CanaryLook> Looks { get; init; } = [];

    /// <summary>What the rehearsal's client saw; null without rehearsal traffic.</summary>
    public RehearsalResult? Rehearsal { get; init; }

    /// <summary>The fault that was rehearsed, if any.</summary>
    public FaultOptions? Fault { get; init; }

    /// <summary>The store the deployment was made from.</summary>
    public string? Origin { get; init; }

    /// <summary>Who deployed.</summary>
    public string? Actor { get; init; }

    /// <summary>Whose record it is; null where nobody signs.</summary>
    public Signature? Signature { get; init; }

    /// <summary>Processes started.</summary>
    public int ProcessesStarted { get; init; }
}
