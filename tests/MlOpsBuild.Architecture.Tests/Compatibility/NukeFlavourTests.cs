using MlOpsBuild.TestKit.Signatures;

namespace MlOpsBuild.Architecture.Compatibility.Tests;

/// <summary>NUKE's packages are absent here, so the other flavour of the components is compiled against what rows tell of them.</summary>
public sealed class NukeFlavourTests
{
    private static readonly NukeFlavour Flavour = new("Nuke");
    private static readonly NukeFlavour Fork = new("Fallout");

    [Fact]
    public void Rows_make_a_library() => Flavour.Stubs.Errors.ShouldBeEmpty();

    [Fact]
    public void Library_made_of_rows_has_these_rows()
    {
        var library = Flavour.Stubs.Load();
        NukeFlavour.Claimed.Concat(NukeFlavour.Touched)
            .SelectMany(section => section.Rows.Except(
                SignaturePrinter.Rows(library.GetType(section.ReflectedName("Nuke.Common"), throwOnError: true)!)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Components_compile_on_NUKEs_surface() => Flavour.Library.Complaints.ShouldBeEmpty();

    [Fact]
    public void Components_and_build_class_compile_on_Fallouts_surface()
    {
        Fork.Stubs.Errors.ShouldBeEmpty();
        Fork.Library.Complaints.ShouldBeEmpty();
        Fork.Build.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public void Pipelines_compile_without_any_engine() => Flavour.Pipelines.Complaints.ShouldBeEmpty();

    [Fact]
    public void Build_class_compiles_on_NUKEs_surface() => Flavour.Build.Complaints.ShouldBeEmpty();

    [Theory]
    [InlineData("Target Run => _ => _.DependsOn<IFoo>().Requires(() => Token, () => Other).Requires(() => Number).OnlyWhenDynamic(() => IsLocalBuild).Executes(() => ReportSummary(_ => _));")]
    [InlineData(
        "Target Run => _ => _.Executes(async () => { await Task.Yield(); Assert.True(SucceededTargets.Contains(Run)); ExitCode = 3; });")]
    [InlineData(
        "IEnumerable<AbsolutePath> Files => (NukeBuild.RootDirectory / \"data\" / ..).GetFiles(depth: 2).Select(file => file + \".bak\");")]
    [InlineData(
        "string? Text => (RootDirectory / \"a.txt\").Copy(TemporaryDirectory / \"b.txt\", ExistsPolicy.FileOverwrite).ReadAllText();")]
    [InlineData("long Job => (Host as GitHubActions)?.RunId ?? GitLab.Instance?.JobId ?? Partition.Part;")]
    public void What_NUKE_has_compiles(string members) => Flavour.Component(Surround(members)).Complaints.ShouldBeEmpty();

    // Shows as well that the compiler of these tests does complain.
    [Theory]
    [InlineData("Target Run => _ => _.Retry(3);", "CS1061")]
    [InlineData("Target Run => _ => _.Timeout(TimeSpan.FromMinutes(1));", "CS1061")]
    [InlineData("Target Run => _ => _.Requires(() => Token.Length);", "CS0029")]
    [InlineData("object World => ((NukeBuild)this).Context;", "CS1061")]
    [InlineData("object? Value => ((NukeBuild)this).TryGetValue(() => Token);", "CS1061")]
    [InlineData("string Name => Host.DisplayName;", "CS1061")]
    [InlineData("object Files => RootDirectory.WriteAllLines([]);", "CS1061")]
    public void What_only_our_engine_has_is_refused(string members, string error) =>
        Flavour.Component(Surround(members)).Errors.ShouldContain(found => found.Contains(error, StringComparison.Ordinal));

    [NukeReferenceFact]
    public void Every_row_touched_beyond_the_claims_is_in_NUKE_word_for_word()
    {
        var real = SignatureFile.Read(NukeReference.SignaturesFile!).ToDictionary(section => section.Heading, section => section.Rows);
        NukeFlavour.Touched
            .SelectMany(section => section.Rows.Except(real.GetValueOrDefault(section.Heading) ?? [])
                .Select(row => $"{section.Heading}: {row}"))
            .ShouldBeEmpty();
    }

    private static string Surround(string members) => $$"""
        public interface IFoo : INukeBuild { Target Compile => _ => _.Executes(() => { }); }
        public interface IComponent : INukeBuild
        {
            [Parameter("A token"), Secret] string? Token => TryGetValue(() => Token);
            string? Other => TryGetValue(() => Other);
            int? Number => TryGetValue<int?>(() => Number);
            {{members}}
        }
        """;
}
