using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>When a pipeline is trained anew without anybody asking, and what becomes of the result.</summary>
public sealed record RetrainPolicy
{
    /// <summary>How old the version that serves may become.</summary>
    /// <value>null: any age.</value>
    public TimeSpan? Every { get; init; }

    /// <summary>Whether data that moved away from that of training is a reason.</summary>
    public bool OnDrift { get; init; }

    /// <summary>Rise of the mean loss per row over that of the hold-out that is a reason, relative.</summary>
    /// <value>null: no rise is.</value>
    public double? LossRise { get; init; }

    /// <summary>Growth of the rows since the version that serves was trained that is a reason, relative.</summary>
    /// <value>null: no growth is.</value>
    public double? RowGrowth { get; init; }

    /// <summary>Which rows are then trained on; null for those that the pipeline always trains on.</summary>
    public TrainingWindow? Window { get; init; }

    /// <summary>The shortest time from one such training to the next.</summary>
    /// <value>One day.</value>
    public TimeSpan Pause { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Whether a version that passed its gates is deployed, by canary, without anybody agreeing.</summary>
    /// <value>false.</value>
    public bool Promotes { get; init; }
}
