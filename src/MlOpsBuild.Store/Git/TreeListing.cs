using System.Text;

namespace MlOpsBuild.Store.Git;

/// <summary>Reads the answer of <c>git ls-tree -r -z</c>: <c>MODE TYPE ID TAB PATH NUL</c> for every file.</summary>
internal static class TreeListing
{
    // A usual line; a guess that is wrong costs little.
    private const int LineLength = 100;

    /// <summary>The files by path, with their object ids.</summary>
    /// <exception cref="FormatException">A line is none of git's.</exception>
    public static Dictionary<string, string> Parse(ReadOnlySpan<byte> output)
    {
        var files = new Dictionary<string, string>(output.Length / LineLength);
        while (!output.IsEmpty)
        {
            var (end, tab) = (output.IndexOf((byte)0), output.IndexOf((byte)'\t'));
            if (end < 0 || tab < 0 || tab > end)
            {
                throw new FormatException($"git ls-tree answered '{Encoding.UTF8.GetString(output)}'");
            }

            var about = output[..tab];
            files.Add(
                Encoding.UTF8.GetString(output[(tab + 1)..end]),
                Encoding.ASCII.GetString(about[(about.LastIndexOf((byte)' ') + 1)..]));
            output = output[(end + 1)..];
        }

        return files;
    }
}
