namespace MlOpsBuild.TestKit.Tracking;

/// <summary>A field of a request.</summary>
internal sealed record MlflowField(string Name, string Kind, bool Required, bool Repeated)
{
    /// <summary>Reads <c>name!:[kind]</c>.</summary>
    public static MlflowField Parse(string text)
    {
        var (name, kind) = text.Split(':') is [var before, var after] ? (before, after) : throw new FormatException(text);
        return new(name.TrimEnd('!'), kind.Trim('[', ']'), name.EndsWith('!'), kind.StartsWith('['));
    }
}
