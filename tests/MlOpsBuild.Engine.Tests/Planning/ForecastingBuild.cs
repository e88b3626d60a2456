using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Planning.Tests;

/// <summary>
/// A build whose targets tell what they would do: <c>Data</c> → <c>Train</c> → <c>Package</c> → <c>Deploy</c>, which cannot tell.
/// </summary>
internal sealed class ForecastingBuild : RecordingBuild
{
    private readonly Dictionary<string, TargetForecast> _forecasts = [];

    /// <summary>Targets that were asked.</summary>
    public List<string> Asked { get; } = [];

    public CancellationToken Heard { get; private set; }

    [Parameter] public bool Skips { get; private set; }

    public Target Data => _ => Forecasting(_, nameof(Data));

    public Target Train => _ => Forecasting(_.DependsOn(Data), nameof(Train));

    public Target Package => _ => Forecasting(_.DependsOn(Train).OnlyWhenStatic(() => !Skips, "skips"), nameof(Package));

    public Target Deploy => _ => _.DependsOn(Package).Executes(() => Ran.Add(nameof(Deploy)));

    public Target Report => _ => Forecasting(_.After(Train), nameof(Report));

    public Target Check => _ => Forecasting(_.DependsOn(Deploy), nameof(Check));

    public ForecastingBuild With(string target, bool wouldRun, params string[] steps)
    {
        _forecasts[target] = new(wouldRun, steps);
        return this;
    }

    private ITargetDefinition Forecasting(ITargetDefinition definition, string name) =>
        definition.Executes(() => Ran.Add(name)).Forecasts(cancellationToken =>
        {
            Asked.Add(name);
            Heard = cancellationToken;
            return Task.FromResult(_forecasts.GetValueOrDefault(name) ?? new(false, [$"{name}: would be restored"]));
        });
}
