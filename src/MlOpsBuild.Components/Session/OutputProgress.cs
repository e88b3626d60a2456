namespace MlOpsBuild.Components.Session;

/// <summary>Prints progress at once and in order (the framework's own posts to a pool).</summary>
internal sealed class OutputProgress(ISessionOutput output) : IProgress<string>
{
    public void Report(string value) => output.Progress(value);
}
