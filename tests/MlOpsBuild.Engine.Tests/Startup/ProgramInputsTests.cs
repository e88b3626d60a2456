using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Startup.Tests;

public sealed class ProgramInputsTests : IDisposable
{
    private static readonly DateTime Earlier = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
    private readonly TestRun _run = new();

    public ProgramInputsTests()
    {
        Write("src/Engine/A.cs", "class A;");
        Write("src/Engine/with space.cs", "class B;");
        Write("build/Build.cs", "class Build;");
        Write("global.json", "{}");
        _run.Write("program/started", "");
        File.SetLastWriteTimeUtc(In("program/started"), Earlier.AddMinutes(1));
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Stamped_program_is_fresh()
    {
        Stamp();

        FirstChange().ShouldBeNull();
        _run.Exists("program/inputs.txt").ShouldBeTrue();
    }

    [Fact]
    public void Program_that_was_never_stamped_counts_as_fresh() => FirstChange().ShouldBeNull();

    [Fact]
    public void Changed_file_is_named()
    {
        Stamp();
        _run.Write("src/Engine/A.cs", "class C;");

        FirstChange().ShouldBe("src/Engine/A.cs changed");
    }

    [Fact]
    public void File_of_another_length_is_changed_even_with_the_same_time()
    {
        Stamp();
        Write("src/Engine/A.cs", "class Longer;");

        FirstChange().ShouldBe("src/Engine/A.cs changed");
    }

    [Fact]
    public void New_file_is_named()
    {
        Stamp();
        Write("pipelines/Bike/Bike.cs", "class Bike;");

        FirstChange().ShouldBe("pipelines/Bike/Bike.cs is new");
    }

    [Fact]
    public void Deleted_file_is_named()
    {
        Stamp();
        File.Delete(In("src/Engine/with space.cs"));

        FirstChange().ShouldBe("src/Engine/with space.cs is gone");
    }

    [Fact]
    public void Touched_but_equal_file_is_fresh()
    {
        Stamp();
        File.SetLastWriteTimeUtc(In("src/Engine/A.cs"), Earlier.AddDays(1));

        FirstChange().ShouldBeNull();
    }

    [Fact]
    public void File_changed_during_the_build_counts_as_changed()
    {
        File.SetLastWriteTimeUtc(In("src/Engine/A.cs"), Earlier.AddMinutes(2));
        Stamp();

        FirstChange().ShouldBe("src/Engine/A.cs changed");
    }

    [Theory]
    [InlineData("src/Engine/notes.md")]
    [InlineData("src/Engine/bin/Debug/A.cs")]
    [InlineData("src/Engine/obj/A.json")]
    [InlineData("docs/A.cs")]
    [InlineData("README.md")]
    public void Other_files_do_not_count(string path)
    {
        Stamp();
        Write(path, "x");

        FirstChange().ShouldBeNull();
    }

    [Theory]
    [InlineData("Directory.Build.props")]
    [InlineData("Directory.Packages.props")]
    [InlineData("src/Report/template.sbn")]
    [InlineData("src/Engine/packages.lock.json")]
    public void Files_that_shape_the_program_count(string path)
    {
        Stamp();
        Write(path, "x");

        FirstChange().ShouldBe($"{path} is new");
    }

    [Fact]
    public void Another_sdk_is_a_change()
    {
        Stamp();
        var lines = File.ReadAllLines(In("program/inputs.txt"));
        lines[0] = "sdk 1.0.0";
        File.WriteAllLines(In("program/inputs.txt"), lines);

        FirstChange().ShouldBe("another SDK");
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "")]
    [InlineData(1, "15 6390")]
    public void Half_written_list_is_a_change_and_no_crash(int wholeLines, string rest)
    {
        Stamp();
        var lines = File.ReadAllLines(In("program/inputs.txt")).Take(wholeLines).Append(rest);
        File.WriteAllText(In("program/inputs.txt"), string.Join('\n', lines));

        FirstChange().ShouldNotBeNull();
    }

    [Fact]
    public void The_folder_of_the_build_project_may_have_another_name()
    {
        Write("ml/Build.cs", "class Build;");
        ProgramInputs.Stamp(_run.Root, In("program"), In("program/started"), "ml");

        FirstChange().ShouldBeNull();
        ProgramInputs.BuildFolder(In("program")).ShouldBe("ml");
        _run.Write("build/Build.cs", "class Other;");
        FirstChange().ShouldBeNull("that folder is somebody else's");
        _run.Write("ml/Build.cs", "class Other;");
        FirstChange().ShouldBe("ml/Build.cs changed");
    }

    [Theory]
    [InlineData("build", ".nuke")]
    [InlineData("ml", ".nuke/ml")]
    public void What_is_kept_for_a_build_lies_apart_from_another_builds(string folder, string settings) =>
        ProgramInputs.SettingsFolder(folder).ShouldBe(settings);

    [Fact]
    public void Without_a_list_the_folder_has_its_usual_name() => ProgramInputs.BuildFolder(In("program")).ShouldBe("build");

    private void Stamp() => ProgramInputs.Stamp(_run.Root, In("program"), In("program/started"));

    private string? FirstChange() => ProgramInputs.FirstChange(_run.Root, In("program"));

    private string In(string relative) => Path.Combine(_run.Root, relative);

    private void Write(string relative, string text)
    {
        _run.Write(relative, text);
        File.SetLastWriteTimeUtc(In(relative), Earlier);
    }
}
