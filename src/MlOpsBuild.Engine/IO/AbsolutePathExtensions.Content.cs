using System.Text;

namespace MlOpsBuild.Engine.IO;

/// <summary>What builds do with paths: read and write. Text is UTF-8 without a mark unless an encoding is given.</summary>
public static partial class AbsolutePathExtensions
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The file's text.</summary>
    public static string ReadAllText(this AbsolutePath path, Encoding? encoding = null) => File.ReadAllText(path, encoding ?? Utf8);

    /// <summary>The file's lines.</summary>
    public static string[] ReadAllLines(this AbsolutePath path, Encoding? encoding = null) => File.ReadAllLines(path, encoding ?? Utf8);

    /// <summary>The file's bytes.</summary>
    public static byte[] ReadAllBytes(this AbsolutePath path) => File.ReadAllBytes(path);

    /// <summary>
    /// Replaces the file's text, at once; makes folders. A line break at the end unless <paramref name="eofLineBreak"/> is false.
    /// </summary>
    public static AbsolutePath WriteAllText(this AbsolutePath path, string content, Encoding? encoding = null, bool? eofLineBreak = null) =>
        path.WriteAllBytes((encoding ?? Utf8).GetBytes((eofLineBreak ?? true) ? content.TrimEnd('\r', '\n') + "\n" : content));

    /// <summary>Replaces the file's lines, at once; makes folders.</summary>
    public static AbsolutePath WriteAllLines(
        this AbsolutePath path, IEnumerable<string> lines, Encoding? encoding = null, bool? eofLineBreak = null) =>
        path.WriteAllText(string.Join('\n', lines), encoding, eofLineBreak);

    /// <summary>Replaces the file's bytes, at once: readers see the old content or the new; makes folders.</summary>
    public static AbsolutePath WriteAllBytes(this AbsolutePath path, byte[] bytes)
    {
        path.Parent?.CreateDirectory();
        var temporary = path + $".{Environment.ProcessId}.tmp";
        using (var stream = File.Create(temporary))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        return path;
    }

    /// <summary>Adds text at the file's end; makes folders.</summary>
    public static AbsolutePath AppendAllText(this AbsolutePath path, string content, Encoding? encoding = null)
    {
        path.Parent?.CreateDirectory();
        File.AppendAllText(path, content, encoding ?? Utf8);
        return path;
    }

    /// <summary>Adds lines at the file's end; makes folders.</summary>
    public static AbsolutePath AppendAllLines(this AbsolutePath path, IEnumerable<string> lines, Encoding? encoding = null) =>
        path.AppendAllText(string.Concat(lines.Select(line => line + "\n")), encoding);

    /// <summary>Replaces the file's text by what <paramref name="update"/> makes of it.</summary>
    public static AbsolutePath UpdateText(this AbsolutePath path, Func<string, string> update, Encoding? encoding = null) =>
        path.WriteAllText(update(path.ReadAllText(encoding)), encoding, eofLineBreak: false);
}
