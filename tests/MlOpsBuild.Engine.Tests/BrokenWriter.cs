using System.Text;

namespace MlOpsBuild.Engine.Tests;

/// <summary>An output whose reader went away.</summary>
internal sealed class BrokenWriter : StringWriter
{
    public int Attempts { get; private set; }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(string? value)
    {
        Attempts++;
        throw new IOException("Broken pipe");
    }
}
