using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>What is kept of predictions that were served, and what of them is an alarm.</summary>
public sealed record MonitorPolicy
{
    /// <summary>Which predictions are kept.</summary>
    /// <value>All, without personal data.</value>
    public PredictionLogPolicy Log { get; init; } = PredictionLogPolicy.Usual;

    /// <summary>Largest tolerated rise of the mean loss per row over that of the hold-out, relative.</summary>
    /// <value>0.25: of a squared error, about 12 % of its root.</value>
    public double LossMargin { get; init; } = 0.25;

    /// <summary>Probability of an alarm about the loss of a version that is as good as on its hold-out, over all looks.</summary>
    /// <value>0.05.</value>
    public double FalseAlarm { get; init; } = 0.05;

    /// <summary>How many of the newest days data and predictions are compared.</summary>
    /// <value>30 days.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How old the newest prediction may be.</summary>
    /// <value>null: any age.</value>
    public TimeSpan? Fresh { get; init; }

    /// <summary>Share of requests that may be refused or fail.</summary>
    /// <value>0.01.</value>
    public double ToleratedRate { get; init; } = 0.01;

    /// <summary>Share of values looked up in feature views that may be others than training would have joined.</summary>
    /// <value>0.01.</value>
    public double ToleratedSkew { get; init; } = 0.01;

    /// <summary>Columns with bounds of their own.</summary>
    public IReadOnlyList<WatchedColumn> Watched { get; init; } = [];
}
