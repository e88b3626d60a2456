using MlOpsBuild.Engine.Definition;

namespace MlOpsBuild.Engine;

/// <summary>Abilities of targets that only this engine has.</summary>
public static class ForecastExtensions
{
    /// <summary>Says what the target would do, for <c>--plan</c>; a target without this would run.</summary>
    public static ITargetDefinition Forecasts(this ITargetDefinition definition, Func<CancellationToken, Task<TargetForecast>> forecast)
    {
        ((TargetDefinition)definition).Forecast(forecast);
        return definition;
    }
}
