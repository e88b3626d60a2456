using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Simulation;

namespace MlOpsBuild.Data.Sources;

/// <summary>Where data comes from.</summary>
/// <param name="Name">How it is called in output and records; holds no secret.</param>
public sealed record DataSource(string Name)
{
    /// <summary>A file or a pattern such as <c>data/**/*.csv.gz</c>; null for another kind of source.</summary>
    public string? Pattern { get; private init; }

    /// <summary>What to simulate; null for another kind of source.</summary>
    public Simulator? Simulation { get; private init; }

    /// <summary>A file of the web; null for another kind of source.</summary>
    public WebFile? Web { get; private init; }

    /// <summary>A query of a database; null for another kind of source.</summary>
    public DatabaseQuery? Query { get; private init; }

    /// <summary>How files are written: those of the source, and those given in its place.</summary>
    public TableFormat Format { get; init; } = TableFormat.Usual;

    /// <summary>Whether rows are made, not measured.</summary>
    public bool IsSimulated => Simulation != null;

    /// <summary>
    /// Files that match <paramref name="pattern"/>, relative to the root or rooted, in natural order (<c>part-2</c> before <c>part-10</c>).
    /// </summary>
    /// <param name="pattern">A path; <c>*</c> and <c>?</c> stand for parts of a name, <c>**</c> for any folders.</param>
    /// <param name="format">How they are written; recognised where left out.</param>
    public static DataSource Files(string pattern, TableFormat? format = null) =>
        new(pattern) { Pattern = pattern, Format = format ?? TableFormat.Usual };

    /// <summary>Data that DVC keeps: in their place or in its cache, each file with the digest that it is named by.</summary>
    /// <param name="file">A <c>.dvc</c> file or a <c>dvc.lock</c>.</param>
    /// <param name="output">The path of an output, as the file writes it; may be left out where there is only one.</param>
    /// <param name="format">How the files are written; recognised where left out.</param>
    public static DataSource Dvc(string file, string? output = null, TableFormat? format = null) =>
        Files(output == null ? file : $"{file}:{output}", format);

    /// <summary>Rows that a simulator makes.</summary>
    public static DataSource Simulated(Simulator simulation) => new($"simulated {simulation.Describe()}") { Simulation = simulation };

    /// <summary>A file of the web, kept below <c>.mlops</c> once it was loaded.</summary>
    /// <param name="address">Its address, http or https.</param>
    /// <param name="sha256">The 64 hexadecimal digits of its SHA-256: another content is refused.</param>
    /// <param name="format">How it is written; recognised where left out.</param>
    public static DataSource Http(string address, string sha256, TableFormat? format = null) =>
        new(address) { Web = new(new(address), sha256), Format = format ?? TableFormat.Usual };

    /// <summary>The rows of a query.</summary>
    /// <param name="query">What to ask whom.</param>
    public static DataSource Database(DatabaseQuery query) => new(query.Describe()) { Query = query };
}
