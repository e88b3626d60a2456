namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>A test in a real browser; reported as skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>A test that needs <see cref="Chromium.Path"/>.</summary>
    public ChromiumFactAttribute() => Skip = Chromium.Missing!;
}
