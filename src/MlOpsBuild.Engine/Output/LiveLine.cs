namespace MlOpsBuild.Engine.Output;

/// <summary>The last line of a terminal, which shows what is being done and goes when something is printed.</summary>
internal sealed class LiveLine(TextWriter output, int width)
{
    private static readonly string[] Turns = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
    private int _turn;
    private bool _shown;

    public void Erase()
    {
        if (_shown)
        {
            output.Write("\r\e[2K");
            _shown = false;
        }
    }

    public void Draw(string text)
    {
        Erase();
        var line = $"{Turns[_turn++ % Turns.Length]} {text.ReplaceLineEndings(" ")}";
        output.Write($"\e[2m{(line.Length < width ? line : line[..Math.Max(0, width - 2)] + "…")}\e[0m");
        output.Flush();
        _shown = true;
    }
}
