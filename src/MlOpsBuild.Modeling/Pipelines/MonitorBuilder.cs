using System.Linq.Expressions;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>Declares what is kept of predictions that were served, and what of them is an alarm.</summary>
public sealed class MonitorBuilder<TRow>
{
    private const double AllPercent = 100;
    private readonly Func<LambdaExpression, ColumnContract> _column;

    internal MonitorBuilder(Func<LambdaExpression, ColumnContract> column) => _column = column;

    internal MonitorPolicy Policy { get; private set; } = new();

    /// <summary>Share of requests, 0 to 1, whose predictions are kept.</summary>
    public MonitorBuilder<TRow> Log(double share) => With(Policy with { Log = Policy.Log with { SharePercent = share * AllPercent } });

    /// <summary>Keeps a column of personal data as a keyed hash: equal values stay equal, and nobody reads them.</summary>
    public MonitorBuilder<TRow> Hash<T>(Expression<Func<TRow, T>> column) =>
        With(Policy with { Log = Policy.Log with { Hashed = [.. Policy.Log.Hashed, _column(column).Name] } });

    /// <summary>Largest tolerated rise of the mean loss per row over that of the hold-out, relative.</summary>
    public MonitorBuilder<TRow> Margin(double loss) => With(Policy with { LossMargin = loss });

    /// <summary>Probability of an alarm about the loss of a version that is as good as on its hold-out.</summary>
    public MonitorBuilder<TRow> FalseAlarm(double alpha) => With(Policy with { FalseAlarm = alpha });

    /// <summary>How many of the newest days are compared.</summary>
    public MonitorBuilder<TRow> Window(TimeSpan days) => With(Policy with { Window = days });

    /// <summary>How old the newest prediction may be.</summary>
    public MonitorBuilder<TRow> Fresh(TimeSpan within) => With(Policy with { Fresh = within });

    /// <summary>Share of values looked up in feature views, 0 to 1, that may be others than training would have joined.</summary>
    public MonitorBuilder<TRow> ViewSkew(double atMost) => With(Policy with { ToleratedSkew = atMost });

    /// <summary>Keeps the daily mean of a column within bounds.</summary>
    public MonitorBuilder<TRow> Watch<T>(Expression<Func<TRow, T>> column, double? atLeast = null, double? atMost = null) =>
        With(Policy with { Watched = [.. Policy.Watched, new(_column(column).Name, atLeast, atMost)] });

    private MonitorBuilder<TRow> With(MonitorPolicy policy)
    {
        Policy = policy;
        return this;
    }
}
