using MlOpsBuild.Core.Signing;
using MlOpsBuild.Modeling.Experiments;

namespace MlOpsBuild.Delivery.Experiments;

/// <summary>An A/B test: what it was to show, who began it, and how it ended. Written when it begins and when it ends.</summary>
public sealed record ExperimentRecord
{
    /// <summary>Its name, which callers see in their answers.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Where.</summary>
    public required string Environment { get; init; }

    /// <summary>The version on test.</summary>
    public required int Version { get; init; }

    /// <summary>The version that serves beside it.</summary>
    public required int From { get; init; }

    /// <summary>What is measured, and how it is judged.</summary>
    public required ExperimentPolicy Policy { get; init; }

    /// <summary>What was told before it began.</summary>
    public required ExperimentPlan Plan { get; init; }

    /// <summary>Seed of the assignment.</summary>
    public required long Seed { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Who began it.</summary>
    public required string Actor { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How it ended.</summary>
    public ExperimentDecision Decision { get; init; }

    /// <summary>Why, in the words of who ended it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who ended it; null while it goes on.</summary>
    public string? EndedBy { get; init; }

    /// <summary>The last look; null while it goes on, or where nobody looked.</summary>
    public ExperimentLook? Result { get; init; }

    /// <summary>The store that it was begun from.</summary>
    public string? Origin { get; init; }

    /// <summary>Whose record it is; null where nobody signs.</summary>
    public Signature? Signature { get; init; }

    /// <summary>The same, ended.</summary>
    public ExperimentRecord End(ExperimentDecision decision, string actor, string reason, DateTimeOffset at, ExperimentLook? result) =>
        this with { Decision = decision, EndedBy = actor, Reason = reason, Ended = at, Result = result };
}
