using System.Text;

namespace MlOpsBuild.Engine.Startup;

/// <summary>What a target writes to the process's console takes the build's way: masked, in its turn, line by line.</summary>
internal sealed class ConsoleWriter(BuildConsole console) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => console.Write(value);

    /// <summary>Prints a line that was begun.</summary>
    public override void Flush() => console.EndHalfLine();
}
