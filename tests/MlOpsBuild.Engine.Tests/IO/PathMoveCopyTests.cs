using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.IO.Tests;

public sealed class PathMoveCopyTests : IDisposable
{
    private static readonly DateTime Older = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Newer = new(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();
    private readonly AbsolutePath _source;
    private readonly AbsolutePath _target;

    public PathMoveCopyTests()
    {
        _source = AbsolutePath.Create(_folder["source"]);
        _target = AbsolutePath.Create(_folder["target"]);
        Make(_source, "both.txt", "new");
        Make(_source, "own.txt", "own");
        Make(_source, "sub/deep.txt", "deep");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Copy_takes_everything_along_and_leaves_the_source()
    {
        _source.Copy(_target).ShouldBe(_target);

        Texts(_target).ShouldBe(["both.txt: new", "own.txt: own", "sub/deep.txt: deep"]);
        Texts(_source).ShouldBe(Texts(_target));
    }

    [Fact]
    public void Move_takes_everything_along_and_leaves_nothing()
    {
        _source.Move(_target).ShouldBe(_target);

        Texts(_target).ShouldBe(["both.txt: new", "own.txt: own", "sub/deep.txt: deep"]);
        _source.DirectoryExists().ShouldBeFalse();
    }

    [Theory]
    [InlineData(ExistsPolicy.Fail)]
    [InlineData(ExistsPolicy.DirectoryFail | ExistsPolicy.FileOverwrite)]
    [InlineData(ExistsPolicy.DirectoryMerge | ExistsPolicy.FileFail)]
    [InlineData(ExistsPolicy.DirectoryMerge)]
    public void What_is_there_ends_it_unless_the_policy_allows_for_it(ExistsPolicy policy)
    {
        Make(_target, "both.txt", "old");

        Should.Throw<IOException>(() => _source.Copy(_target, policy)).Message.ShouldContain("exists already; choose a policy that ");
        Should.Throw<IOException>(() => _source.Move(_target, policy));
        Texts(_target).ShouldBe(["both.txt: old"]);
        Texts(_source).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(ExistsPolicy.MergeAndSkip, false, "old")]
    [InlineData(ExistsPolicy.MergeAndSkip, true, "old")]
    [InlineData(ExistsPolicy.MergeAndOverwrite, false, "new")]
    [InlineData(ExistsPolicy.MergeAndOverwrite, true, "new")]
    [InlineData(ExistsPolicy.MergeAndOverwriteIfNewer, false, "old")]
    [InlineData(ExistsPolicy.MergeAndOverwriteIfNewer, true, "new")]
    public void Merge_keeps_what_is_only_there_and_decides_for_what_is_in_both(ExistsPolicy policy, bool sourceIsNewer, string both)
    {
        Make(_target, "both.txt", "old");
        Make(_target, "theirs.txt", "theirs");
        (_source / "both.txt").TouchFile(sourceIsNewer ? Newer : Older);
        (_target / "both.txt").TouchFile(sourceIsNewer ? Older : Newer);

        _source.Copy(_target, policy);

        Texts(_target).ShouldBe([$"both.txt: {both}", "own.txt: own", "theirs.txt: theirs", "sub/deep.txt: deep"]);
    }

    [Theory]
    [InlineData(false, new[] { "both.txt: new" })]
    [InlineData(true, new string[0])]
    public void Files_that_a_move_skips_stay_unless_they_are_to_go(bool delete, string[] left)
    {
        Make(_target, "both.txt", "old");

        _source.Move(_target, ExistsPolicy.MergeAndSkip, deleteRemainingFiles: delete);

        Texts(_source).ShouldBe(left);
        Texts(_target).ShouldBe(["both.txt: old", "own.txt: own", "sub/deep.txt: deep"]);
    }

    [Fact]
    public void Copy_may_leave_out_files_and_folders()
    {
        _source.Copy(_target, excludeDirectory: folder => folder.Name == "sub", excludeFile: file => file.Name == "own.txt");

        Texts(_target).ShouldBe(["both.txt: new"]);
    }

    [Fact]
    public void File_is_copied_and_moved_to_its_new_path()
    {
        (_source / "own.txt").Copy(_target / "a" / "copy.txt");
        (_source / "own.txt").Move(path => path + ".bak");

        (_target / "a" / "copy.txt").ReadAllText().ShouldBe("own");
        (_source / "own.txt.bak").ReadAllText().ShouldBe("own");
        (_source / "own.txt").FileExists().ShouldBeFalse();
    }

    [Fact]
    public void Into_a_folder_it_keeps_its_name()
    {
        _source.CopyToDirectory(_target).ShouldBe(_target / "source");
        (_source / "own.txt").MoveToDirectory(_target).ShouldBe(_target / "own.txt");
        _source.Rename("renamed").ShouldBe(_source / ".." / "renamed");
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Should.Throw<IOException>(() => (_source / "none").Copy(_target)).Message.ShouldBe($"'{_source / "none"}' does not exist.");
        Should.Throw<IOException>(() => (_source / "none").Move(_target)).Message.ShouldBe($"'{_source / "none"}' does not exist.");
    }

    [Fact]
    public void Missing_folder_above_is_made_only_when_wanted() =>
        Should.Throw<IOException>(() => (_source / "own.txt").Copy(_target / "a" / "b.txt", createDirectories: false));

    private static void Make(AbsolutePath folder, string name, string text) => (folder / name).WriteAllText(text, eofLineBreak: false);

    private static List<string> Texts(AbsolutePath folder) => folder.DirectoryExists()
        ? folder.GetFiles(depth: int.MaxValue).Select(file => $"{Path.GetRelativePath(folder, file)}: {file.ReadAllText()}").ToList()
        : [];
}
