namespace MlOpsBuild.Core;

/// <summary>For work of which nobody wants to hear.</summary>
public sealed class SilentProgress : IProgress<string>
{
    private SilentProgress()
    {
    }

    /// <summary>The only one.</summary>
    public static SilentProgress Instance { get; } = new();

    /// <inheritdoc />
    public void Report(string value)
    {
    }
}
