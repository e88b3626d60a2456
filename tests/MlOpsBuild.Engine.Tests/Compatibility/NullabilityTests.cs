namespace MlOpsBuild.Engine.Compatibility.Tests;

/// <summary>NUKE is oblivious to null; what compiles there without a warning does so here, with nullable enabled.</summary>
public sealed class NullabilityTests
{
    [Theory]
    [InlineData("string? Token => TryGetValue(() => Token);")]
    [InlineData("string Token => TryGetValue(() => Token) ?? \"none\";")]
    [InlineData("string[]? Set => TryGetValue(() => Set);")]
    [InlineData("string[] Set => TryGetValue(() => Set) ?? [];")]
    [InlineData("AbsolutePath? Server => TryGetValue(() => Server);")]
    [InlineData("AbsolutePath Server => TryGetValue(() => Server) ?? RootDirectory / \"server\";")]
    [InlineData("int? Number => TryGetValue<int?>(() => Number);")]
    [InlineData("int Number => TryGetValue<int?>(() => Number) ?? 7;")]
    [InlineData("bool Flag => TryGetValue<bool?>(() => Flag) ?? false;")]
    [InlineData("Verbosity? Level => TryGetValue<Verbosity?>(() => Level);")]
    public void Parameter_compiles_without_a_warning(string member) => Complaints(member).ShouldBeEmpty();

    [Theory]
    [InlineData(".Requires(() => Token)")]
    [InlineData(".Requires(() => Given)")]
    [InlineData(".Requires(() => Token, () => Other)")]
    [InlineData(".Requires(() => Number)")]
    [InlineData(".Requires(() => Number != null)")]
    [InlineData(".Requires(() => Token != null, () => IsLocalBuild)")]
    public void Requirement_compiles_without_a_warning(string call) => Complaints($$"""
        [Parameter("A token"), Secret] string? Token => TryGetValue(() => Token);
        string? Other => TryGetValue(() => Other);
        string Given => TryGetValue(() => Given) ?? "";
        int? Number => TryGetValue<int?>(() => Number);
        Target Run => _ => _{{call}}.Executes(() => { });
        """).ShouldBeEmpty();

    [Theory]
    [InlineData(".Inherit<IFoo>()")]
    [InlineData(".Inherit<IFoo>(foo => foo.Compile)")]
    [InlineData(".Inherit(Other)")]
    [InlineData(".Base()")]
    [InlineData(".DependsOn<IFoo>()")]
    [InlineData(".DependsOn<IFoo>(foo => foo.Compile).TryAfter<IFoo>(foo => foo.Compile)")]
    [InlineData(".DependsOnContext<IFoo>()")]
    [InlineData(".Consumes<IFoo>(foo => foo.Compile, \"*.zip\").Produces(RootDirectory / \"out\" / \"*.zip\")")]
    [InlineData(".OnlyWhenStatic(() => IsLocalBuild).OnlyWhenDynamic(() => IsSucceeding, \"all went well\").WhenSkipped(DependencyBehavior.Execute)")]
    [InlineData(".Executes(() => ReportSummary(_ => _))")]
    [InlineData(".Executes(() => ReportSummary())")]
    [InlineData(".Executes(() => ReportSummary(pairs => { pairs[\"rows\"] = \"7\"; return pairs; }))")]
    [InlineData(".Executes(async () => await Task.Yield())")]
    [InlineData(".Executes(() => 7)")]
    [InlineData(".Executes(() => { if (SucceededTargets.Contains(Other)) { ExitCode = 3; } })")]
    [InlineData(".Executes(() => { if (InvokedTargets.Contains((this as IFoo)?.Compile)) { ExitCode = null; } })")]
    [InlineData(".Executes(() => Assert.NotNull(Token).Length)")]
    [InlineData(".Executes(() => { Assert.True(Token != null); return Token.Length; })")]
    [InlineData(".Executes(() => { Assert.NotNullOrEmpty(Token); return Token.Length; })")]
    public void Target_compiles_without_a_warning(string calls) => Complaints($$"""
        string? Token => TryGetValue(() => Token);
        Target Other => _ => _.Unlisted();
        Target Run => _ => _{{calls}};
        """).ShouldBeEmpty();

    [Theory]
    [InlineData("Target IFoo.Compile => _ => _.Inherit<IFoo>().Executes(() => { });")]
    [InlineData("Target IFoo.Compile => _ => _.DependsOn(Clean); Target Clean => _ => _.Before<IFoo>(foo => foo.Compile);")]
    [InlineData(
        "AbsolutePath Output => RootDirectory / \"out\"; public static int Main() => Execute<Build>(build => ((IFoo)build).Compile);")]
    [InlineData("protected override void OnTargetSucceeded(string target) => ReportSummary(pairs => pairs);")]
    [InlineData("[Parameter] readonly string? Token = null; [Parameter(\"A number\", Name = \"n\", List = false)] int Number { get; set; } = 3; string Both => Token + Number;")]
    public void Build_class_compiles_without_a_warning(string members) => ComponentCompiler.Complaints($$"""
        public interface IFoo : INukeBuild { Target Compile => _ => _.Executes(() => { }); }
        public sealed class Build : NukeBuild, IFoo { {{members}} }
        """).ShouldBeEmpty();

    [Theory]
    [InlineData("AbsolutePath Folder => Path.Combine(\"/a\", \"b\");")]
    [InlineData("AbsolutePath? Folder => Environment.GetEnvironmentVariable(\"HOME\");")]
    [InlineData("AbsolutePath Folder => (AbsolutePath)\"/a\" / \"b\" / \"..\";")]
    [InlineData("string Folder => RootDirectory / \"a\";")]
    [InlineData("string Folder => (string)RootDirectory;")]
    [InlineData("string Text => File.ReadAllText(RootDirectory / \"a.txt\");")]
    [InlineData("AbsolutePath Above => RootDirectory / ..;")]
    [InlineData("AbsolutePath Beside => RootDirectory / .. / \"shared\";")]
    [InlineData("AbsolutePath? Project => BuildProjectFile;")]
    [InlineData("AbsolutePath File => (RootDirectory / \"a.txt\").ExistingFile() ?? RootDirectory / \"b.txt\";")]
    [InlineData("AbsolutePath File => (RootDirectory / \"a.txt\").WriteAllText(\"a\").Rename(\"b.txt\");")]
    [InlineData("string[] Names => (RootDirectory / \"a\").GetFiles(\"*.cs\").Select(file => file.NameWithoutExtension).ToArray();")]
    [InlineData(
        "bool IsThere => RootDirectory.FileExists() || RootDirectory == TemporaryDirectory || RootDirectory.ContainsFile(\"*.sln\");")]
    [InlineData("string Both => $\"{RootDirectory:d} {TemporaryDirectory.ToString(\"dn\")}\";")]
    [InlineData("string Name => BuildAssemblyFile.NameWithoutExtension + BuildProjectDirectory.Name;")]
    [InlineData("long Run => GitHubActions.Instance?.RunId ?? 0;")]
    [InlineData("string Branch => (Host as IBuildServer)?.Branch ?? \"none\";")]
    public void Path_or_host_compiles_without_a_warning(string member) => Complaints(member).ShouldBeEmpty();

    // Shows as well that the compiler of these tests does complain. The last two may really be null, which NUKE does not say.
    [Theory]
    [InlineData("string Token => TryGetValue(() => Token);", "CS8603")]
    [InlineData("int Length => TryGetValue(() => Token).Length; string? Token => null;", "CS8602")]
    [InlineData("bool Flag => TryGetValue(() => Flag);", "CS0452")]
    [InlineData("AbsolutePath Beside => RootDirectory.Parent / \"shared\";", "CS8604")]
    [InlineData("AbsolutePath Project => BuildProjectFile;", "CS8603")]
    public void Sloppy_member_is_complained_of_once(string member, string complaint) =>
        Complaints(member).ShouldHaveSingleItem().ShouldStartWith(complaint);

    private static IReadOnlyList<string> Complaints(string members) => ComponentCompiler.Complaints($$"""
        public interface IFoo : INukeBuild { Target Compile => _ => _.Executes(() => { }); }
        public interface IComponent : INukeBuild
        {
            {{members}}
        }
        """);
}
