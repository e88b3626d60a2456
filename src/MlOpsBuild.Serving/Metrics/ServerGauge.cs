namespace MlOpsBuild.Serving.Metrics;

/// <summary>A value that goes up and down.</summary>
/// <param name="Name">Its name, with dots: <c>mlops.canary.weight</c>, in Prometheus' text <c>mlops_canary_weight</c>.</param>
/// <param name="Help">What it is.</param>
/// <param name="Value">Gives it.</param>
internal sealed record ServerGauge(string Name, string Help, Func<double> Value);
