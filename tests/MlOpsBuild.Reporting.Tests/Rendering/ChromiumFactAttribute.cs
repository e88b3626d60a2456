namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>A test in a real browser; reported as skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>A test that starts <see cref="Chromium.Path"/>.</summary>
    public ChromiumFactAttribute() => Skip = File.Exists(Chromium.Path) ? null! : $"{Chromium.Path} is not installed";
}
