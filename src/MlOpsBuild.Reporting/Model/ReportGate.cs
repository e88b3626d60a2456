using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Model;

/// <summary>A row of the gate table.</summary>
public sealed record ReportGate
{
    /// <summary>The claim, for example <c>RMSE at most 120</c>.</summary>
    public required string Gate { get; init; }

    /// <summary>The metric judged.</summary>
    public required string Metric { get; init; }

    /// <summary>Which way the metric improves; null when it is not among the metrics.</summary>
    public Direction? Direction { get; init; }

    /// <summary>The candidate's value.</summary>
    public required double Candidate { get; init; }

    /// <summary>The value compared with, or null.</summary>
    public double? Reference { get; init; }

    /// <summary>What the reference is.</summary>
    public required string ReferenceName { get; init; }

    /// <summary>Interval of candidate minus reference, if the gate compares.</summary>
    public Interval? Difference { get; init; }

    /// <summary>The champion's value of the metric; null when there is none to compare with.</summary>
    public double? Champion { get; init; }

    /// <summary>The metric where the change starts; null when no run of it is known.</summary>
    public double? MergeBase { get; init; }

    /// <summary>What the evidence says of the claim.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The evidence in words.</summary>
    public required string Evidence { get; init; }

    /// <summary>False for rows that inform and do not decide.</summary>
    public bool Blocking { get; init; } = true;
}
