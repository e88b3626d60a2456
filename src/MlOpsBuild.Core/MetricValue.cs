namespace MlOpsBuild.Core;

/// <summary>A measured metric.</summary>
/// <param name="Name">The metric's name, for example <c>RMSE</c>.</param>
/// <param name="Value">The point estimate.</param>
/// <param name="Direction">Which way it improves.</param>
/// <param name="Rows">Rows it was computed on.</param>
public sealed record MetricValue(string Name, double Value, Direction Direction, int Rows)
{
    /// <summary>Where the value may lie, by resampling whole blocks of rows; null where it was not asked for or cannot be told.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Why it has no value; null where it has one.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Undefined { get; init; }
}
