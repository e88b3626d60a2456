using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Formats;

/// <summary>
/// How files are written. What is not declared is recognised or the usual one; what cannot be told from a file has to be declared.
/// </summary>
public sealed record TableFormat
{
    /// <summary>Nothing declared.</summary>
    public static TableFormat Usual { get; } = new();

    /// <summary>How the file holds rows.</summary>
    /// <value>Null: by its content and name (<c>.jsonl</c>, <c>.ndjson</c>, <c>.parquet</c>, all others delimited; <c>.gz</c>
    /// before that is unpacked).</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FileKind? Kind { get; init; }

    /// <summary>What stands between cells.</summary>
    /// <value>Null: recognised among comma, semicolon, tab and bar.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public char? Separator { get; init; }

    /// <summary>The encoding's name, for example <c>windows-1252</c>.</summary>
    /// <value>Null: UTF-8, or what a byte order mark says.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Encoding { get; init; }

    /// <summary>Lines that begin with this are no rows.</summary>
    /// <value>Null: there are none.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public char? Comment { get; init; }

    /// <summary>Whether spaces around cells and names that are not quoted are left out.</summary>
    /// <value>True.</value>
    public bool Trim { get; init; } = true;

    /// <summary>Texts that mean that a value is missing, beside the empty one.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Whether a comma stands before decimals.</summary>
    /// <value>False.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DecimalComma { get; init; }

    /// <summary>The columns' names in file order, where the file has none or wrong ones.</summary>
    /// <value>Null: they are in the file.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Whether the first line holds names; <see cref="Names"/> replaces them.</summary>
    /// <value>True.</value>
    public bool HasHeader { get; init; } = true;

    /// <summary>Columns of the file that are not read and not in the contract.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Whether any column that is not in the contract is left out, as if it were in <see cref="Ignored"/>.</summary>
    /// <value>False: a column that nobody expects is a finding.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IgnoresExtraColumns { get; init; }

    /// <summary>What says in a stage key how files are read; null where nothing is declared.</summary>
    [JsonIgnore]
    internal StageInput? Key => StageInput.Of("format", this) is var key && key.Value == StageInput.Of("format", Usual).Value ? null : key;

    /// <summary>Whether a column that nobody expects is left out.</summary>
    internal bool LeavesOut(string column) => IgnoresExtraColumns || Ignored.Contains(column);

    /// <summary>Everything in the declaration that cannot be.</summary>
    internal IEnumerable<Finding> Problems()
    {
        if (Separator is { } separator && (separator > '~' || char.IsLetterOrDigit(separator) || separator is '"' or '\r' or '\n'))
        {
            yield return new(
                "MLB1041", "No separator", "Separator", $"U+{(int)separator:X4}",
                "a comma, a semicolon, a tab, a bar or another ASCII sign", "correct the format");
        }

        if (Comment is { } comment && (comment > '~' || comment == Separator))
        {
            yield return new(
                "MLB1042", "No sign for comments", "Comment", comment.ToString(), "an ASCII sign beside the separator",
                "correct the format");
        }

        if (Encoding != null && Files.SourceText.EncodingOf(Encoding) == null)
        {
            yield return new(
                "MLB1043", "Unknown encoding", "Encoding", Encoding, "a name such as utf-8, utf-16, windows-1252, iso-8859-15",
                "correct the format");
        }

        if (!HasHeader && Names == null)
        {
            yield return new(
                "MLB1044", "Columns have no names", "Names", null, "Names where HasHeader is false", "name the columns in file order");
        }

        foreach (var name in (Names ?? []).GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return new("MLB1045", "Duplicate column", "Names", name.Key, "each column once", "correct the format");
        }
    }
}
