namespace MlOpsBuild.Components.SelfTest;

/// <summary>A kind of version on trial.</summary>
/// <param name="Name">In words.</param>
/// <param name="Harmful">Whether it ought to be stopped.</param>
/// <param name="Stretch">Its errors, in units of the champion's.</param>
/// <param name="ChampionDrift">The champion's bias, in standard deviations of its error; the candidate has none.</param>
/// <param name="Errors">Share of its requests that fail; the champion's is <see cref="UsualErrors"/>.</param>
/// <param name="Outage">Share of requests that fail in either arm during a sixth of the time.</param>
internal sealed record CanaryScenario(
    string Name, bool Harmful, double Stretch = 1, double ChampionDrift = 0, double Errors = CanaryScenario.UsualErrors, double Outage = 0)
{
    /// <summary>Share of a healthy version's requests that fail.</summary>
    public const double UsualErrors = 0.002;

    /// <summary>The scenarios of the table in <c>src/docs/canary.md</c>.</summary>
    public static IReadOnlyList<CanaryScenario> All { get; } =
    [
        new("equal to the champion", false),
        new("better: the champion has drifted by half its error", false, ChampionDrift: 0.5),
        new("equal, and both suffer an outage", false, Outage: 0.1),
        new("RMSE 10 % higher", true, Stretch: 1.1),
        new("RMSE 20 % higher", true, Stretch: 1.2),
        new("5 % of its requests fail", true, Errors: 0.05),
    ];
}
