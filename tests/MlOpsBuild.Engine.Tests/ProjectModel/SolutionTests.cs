using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.ProjectModel.Tests;

public sealed class SolutionTests : IDisposable
{
    private const string Old = """
        Microsoft Visual Studio Solution File, Format Version 12.00
        Project("{2150E333-8FDC-42A3-9474-1A3956D46DE8}") = "src", "src", "{827E0CD3-B72D-47B6-A68D-7590B98EB39B}"
        EndProject
        Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "App", "src\\App\\App.csproj", "{11111111-1111-1111-1111-111111111111}"
        EndProject
        Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "App.Tests", "tests\\App.Tests\\App.Tests.csproj", "{22222222-2222-2222-2222-222222222222}"
        EndProject
        """;

    private const string New = """
        <Solution><Folder Name="/src/"><Project Path="src/App/App.csproj" /></Folder><Project Path="tests/App.Tests/App.Tests.csproj" /></Solution>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("App.sln", Old)]
    [InlineData("App.slnx", New)]
    public void Projects_are_read_from_both_kinds_of_files(string file, string text)
    {
        var solution = Read(file, text.Replace("\\", "\\", StringComparison.Ordinal));

        (solution.Name, (string)solution.Directory).ShouldBe(("App", _folder.Path));
        solution.AllProjects.Select(project => project.Name).ShouldBe(["App", "App.Tests"]);
        solution.AllProjects.Select(project => (string)project.Path)
            .ShouldBe([_folder["src/App/App.csproj"], _folder["tests/App.Tests/App.Tests.csproj"]]);
        solution.GetProject("app").ShouldNotBeNull().Directory.Name.ShouldBe("App");
        solution.GetProject("tests/App.Tests/App.Tests.csproj").ShouldNotBeNull().Name.ShouldBe("App.Tests");
        solution.GetProject("None").ShouldBeNull();
        solution.GetAllProjects("*.Tests").ShouldHaveSingleItem().Name.ShouldBe("App.Tests");
    }

    [Theory]
    [InlineData("App.sln", "nonsense")]
    [InlineData("App.slnx", "<Solution>")]
    public void What_is_no_solution_is_refused_by_name(string file, string text) =>
        Should.Throw<ArgumentException>(() => Read(file, text)).Message.ShouldContain($"'{_folder[file]}' is no solution");

    [Fact]
    public void This_repository_has_all_its_projects()
    {
        var solution = Solution.Read(System.IO.Path.Combine(RepositoryRoot.Path, "MlOpsBuild.sln"));

        solution.AllProjects.Count.ShouldBeGreaterThan(30);
        solution.AllProjects.ShouldAllBe(project => File.Exists(project.Path));
    }

    [Fact]
    public void A_project_says_what_its_file_says()
    {
        Directory.CreateDirectory(_folder["src/App"]);
        File.WriteAllText(
            _folder["src/App/App.csproj"],
            "<Project><PropertyGroup><TargetFrameworks>net8.0; net10.0</TargetFrameworks><Version>1.2</Version></PropertyGroup></Project>");
        var project = new Project("App", _folder["src/App/App.csproj"]);

        project.GetTargetFrameworks().ShouldBe(["net8.0", "net10.0"]);
        (project.GetProperty("Version"), project.GetProperty("Authors")).ShouldBe(("1.2", null));
    }

    private Solution Read(string file, string text)
    {
        File.WriteAllText(_folder[file], text);
        return Solution.Read(_folder[file]);
    }
}
