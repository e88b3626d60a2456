using System.Text;

namespace MlOpsBuild.Engine.Startup;

/// <summary>What a target writes to the process's console takes the build's way: masked, in its turn, line by line.</summary>
internal sealed class ConsoleWriter(BuildConsole console) : TextWriter
{
    private readonly AsyncLocal<StringBuilder?> _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        var line = _line.Value ??= new();
        lock (line)
        {
            if (value == '\n')
            {
                console.Line(line.ToString().TrimEnd('\r'));
                line.Clear();
            }
            else
            {
                line.Append(value);
            }
        }
    }
}
