namespace MlOpsBuild.Engine;

/// <summary>What a target would do, found out without doing it.</summary>
/// <param name="WouldRun">Whether it would do any work.</param>
/// <param name="Steps">Its steps in words, for example <c>train: restored</c>.</param>
public sealed record TargetForecast(bool WouldRun, IReadOnlyList<string> Steps);
