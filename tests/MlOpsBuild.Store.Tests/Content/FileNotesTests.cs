using System.Globalization;
using System.Text;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Content.Tests;

/// <summary>Notes are a cache: with them, without them, and whatever became of them, the answer is the same.</summary>
public sealed class FileNotesTests : IDisposable
{
    private const int Many = 100;
    private static readonly DateTime LongAgo = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();
    private int _read;

    private string Cache => _folder["cache/words.notes"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_noted_is_not_read_again()
    {
        Fill(Many);
        var first = await AllAsync();
        _read.ShouldBe(Many);

        (await AllAsync()).ShouldBe(first);

        _read.ShouldBe(0);
        first.Count.ShouldBe(Many);
        first[7].ShouldBe("d7/007.json=seven 007");
    }

    [Fact]
    public async Task A_few_records_are_read_each_time_and_leave_no_notes()
    {
        Fill(10);

        await AllAsync();
        await AllAsync();

        _read.ShouldBe(10);
        File.Exists(Cache).ShouldBeFalse();
    }

    [Fact]
    public async Task Notes_that_were_deleted_are_made_again()
    {
        Fill(Many);
        var before = await AllAsync();
        File.Delete(Cache);

        (await AllAsync()).ShouldBe(before);

        _read.ShouldBe(Many);
        File.Exists(Cache).ShouldBeTrue();
    }

    [Fact]
    public async Task Notes_that_were_damaged_at_any_place_are_none()
    {
        Fill(Many);
        var before = await AllAsync();
        var whole = File.ReadAllBytes(Cache);
        for (var at = 0; at < whole.Length; at += 97)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            File.WriteAllBytes(Cache, damaged);

            (await AllAsync()).ShouldBe(before, $"damaged at {at}");
            _read.ShouldBe(Many);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(500)]
    public async Task Notes_that_were_cut_are_none(int length)
    {
        Fill(Many);
        var before = await AllAsync();
        File.WriteAllBytes(Cache, File.ReadAllBytes(Cache)[..length]);

        (await AllAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Notes_of_before_another_build_wrote_are_only_used_for_what_it_left()
    {
        Fill(Many);
        await AllAsync();
        var old = File.ReadAllBytes(Cache);
        Fill(2 * Many);
        Write(3, "changed 003");
        File.Delete(PathOf(5));
        await AllAsync();
        File.WriteAllBytes(Cache, old);

        var now = await AllAsync();

        now.Count.ShouldBe((2 * Many) - 1);
        now.ShouldContain("d3/003.json=changed 003");
        now.ShouldNotContain(note => note.StartsWith("d5/005", StringComparison.Ordinal));
        _read.ShouldBe(Many + 1);
    }

    [Fact]
    public async Task A_record_of_another_length_is_read_again()
    {
        Fill(Many);
        await AllAsync();
        Write(3, "longer than it was");

        (await AllAsync()).ShouldContain("d3/003.json=longer than it was");

        _read.ShouldBe(1);
    }

    [Fact]
    public async Task A_record_of_the_same_length_and_another_time_is_read_again()
    {
        Fill(Many);
        await AllAsync();
        Write(3, "SEVEN 003", LongAgo.AddMilliseconds(1));

        (await AllAsync()).ShouldContain("d3/003.json=SEVEN 003");

        _read.ShouldBe(1);
    }

    /// <summary>A clock ticks a few hundred times a second: what is written twice in one tick looks the same.</summary>
    [Fact]
    public async Task A_record_that_was_written_just_before_its_note_is_read_again()
    {
        Fill(Many);
        Write(3, "seven 003", DateTime.UtcNow);
        var time = File.GetLastWriteTimeUtc(PathOf(3));
        await AllAsync();
        Write(3, "SEVEN 003", time);

        (await AllAsync()).ShouldContain("d3/003.json=SEVEN 003");

        _read.ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_record_that_nothing_can_be_noted_of_that_is_noted()
    {
        Fill(Many);
        Write(3, "");

        (await AllAsync()).ShouldContain("d3/003.json=");
        (await AllAsync()).ShouldContain("d3/003.json=");
        _read.ShouldBe(0);
    }

    [Fact]
    public async Task Notes_that_most_records_left_are_written_anew()
    {
        Fill(2 * Many);
        await AllAsync();
        var before = new FileInfo(Cache).Length;
        for (var record = Many; record < 2 * Many; record++)
        {
            File.Delete(PathOf(record));
        }

        (await AllAsync()).Count.ShouldBe(Many);

        new FileInfo(Cache).Length.ShouldBeLessThan(before);
        await AllAsync();
        _read.ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_has_no_records() => (await AllAsync()).ShouldBeEmpty();

    [Fact]
    public async Task A_store_that_cannot_be_written_is_read_all_the_same()
    {
        Fill(Many);
        File.WriteAllText(_folder["cache"], "a file where the folder should be");

        (await AllAsync()).Count.ShouldBe(Many);
    }

    [Fact]
    public async Task What_is_no_record_is_not_listed()
    {
        Fill(1);
        File.WriteAllText(_folder["records/d0/000.json.1-2.tmp"], "half");

        (await AllAsync()).ShouldBe(["d0/000.json=seven 000"]);
    }

    private async Task<IReadOnlyList<string>> AllAsync()
    {
        _read = 0;
        var notes = await new FileNotes(_folder.Path, "words", _folder["records"]).AllAsync(
            content =>
            {
                _read++;
                return content.Length == 0 ? null : Encoding.UTF8.GetString(content);
            },
            CancellationToken.None);
        return
        [
            .. notes.Select(note => $"{Path.GetRelativePath(_folder["records"], note.Path).Replace('\\', '/')}={note.Note}")
                .OrderBy(note => note[3..], StringComparer.Ordinal)
        ];
    }

    private void Fill(int count)
    {
        for (var record = 0; record < count; record++)
        {
            Write(record, $"seven {Name(record)}");
        }
    }

    private void Write(int record, string text, DateTime? time = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(record))!);
        File.WriteAllText(PathOf(record), text);
        File.SetLastWriteTimeUtc(PathOf(record), time ?? LongAgo);
    }

    private string PathOf(int record) => _folder[$"records/d{record % 10}/{Name(record)}.json"];

    private static string Name(int record) => record.ToString("000", CultureInfo.InvariantCulture);
}
