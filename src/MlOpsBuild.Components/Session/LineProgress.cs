namespace MlOpsBuild.Components.Session;

/// <summary>Prints lines of another program as they are.</summary>
internal sealed class LineProgress(ISessionOutput output) : IProgress<string>
{
    public void Report(string value) => output.Line(value);
}
