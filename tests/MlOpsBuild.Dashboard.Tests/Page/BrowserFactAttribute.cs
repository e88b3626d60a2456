namespace MlOpsBuild.Dashboard.Page.Tests;

/// <summary>A test in a real browser; reported as skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>A test that needs a browser.</summary>
    public BrowserFactAttribute() => Skip = Browser.Missing!;
}
