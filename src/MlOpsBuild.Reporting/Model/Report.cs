namespace MlOpsBuild.Reporting.Model;

/// <summary>A report, ready to render: every value is text for people, in the order in which it is shown.</summary>
public sealed record Report
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Passed, Failed, Inconclusive or Error.</summary>
    public required string Verdict { get; init; }

    /// <summary>A sign for the verdict.</summary>
    public required string Sign { get; init; }

    /// <summary>"May I merge this?", answered in one sentence.</summary>
    public required string Answer { get; init; }

    /// <summary>Whether the data was simulated.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The gate table.</summary>
    public required IReadOnlyList<ReportGate> Gates { get; init; }

    /// <summary>What the change starts from, in words; null when no change is looked at.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether the gate table has a column for the merge base.</summary>
    public bool HasMergeBase => Gates.Any(gate => gate.MergeBase != null);

    /// <summary>Metrics of each predictor, one row a metric.</summary>
    public required ReportTable Metrics { get; init; }

    /// <summary>The same by slice.</summary>
    public required ReportTable Slices { get; init; }

    /// <summary>The deployment's outcome and reason, or null.</summary>
    public string? Deployment { get; init; }

    /// <summary>The canary's metrics at its last look.</summary>
    public ReportTable? Canary { get; init; }

    /// <summary>Charts in the order shown.</summary>
    public required IReadOnlyList<ReportChart> Charts { get; init; }

    /// <summary>Stages, and whether each ran.</summary>
    public required ReportTable Stages { get; init; }

    /// <summary>Where everything came from.</summary>
    public required ReportTable Lineage { get; init; }

    /// <summary>How to get the same result locally.</summary>
    public required string Reproduce { get; init; }
}
