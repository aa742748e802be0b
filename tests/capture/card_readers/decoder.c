/* Stands in for a maker's library: draws a face of nobody in colours that the first byte of the photo decides, and
 * misbehaves as it is compiled to. No header is needed, so a compiler is enough. */

int printf(const char *, ...);
int puts(const char *);
unsigned sleep(unsigned);
void *malloc(unsigned long);
void *memset(void *, int, unsigned long);
unsigned long strlen(const char *);
void *fopen(const char *, const char *);
unsigned long fread(void *, unsigned long, unsigned long, void *);
unsigned long fwrite(const void *, unsigned long, unsigned long, void *);
int fclose(void *);

#define WIDTH 102
#define HEIGHT 126

static int inside(int x, int y, int at_x, int at_y, int wide, int high)
{
    return (x - at_x) * (x - at_x) * high * high + (y - at_y) * (y - at_y) * wide * wide < wide * wide * high * high;
}

static int face(int x, int y)
{
    if (inside(x, y, 43, 58, 3, 2) || inside(x, y, 59, 58, 3, 2))
        return 0x2a2220;
    if (inside(x, y, 43, 52, 6, 1) || inside(x, y, 59, 52, 6, 1))
        return 0x4a3c34;
    if (inside(x, y, 51, 77, 8, 2))
        return 0xb86a60;
    if (inside(x, y, 52, 67, 2, 4))
        return 0xd6a98c;
    return 0xe8c0a2;
}

static int colour(int x, int y, int seed)
{
    if (inside(x, y, 51, 63, 22, 27) && !inside(x, y, 47, 33, 26, 14))
        return face(x, y);
    if (inside(x, y, 51, 54, 27, 33))
        return seed & 1 ? 0x5a4034 : 0x2c2624;
    if (y > 80 && y < 106 && x > 41 && x < 61)
        return 0xdcb094;
    if (inside(x, y, 51, 140, 50, 40))
        return seed & 2 ? 0x6a3a44 : 0x2f4a6e;
    return 0xeef2f5;
}

static void draw(const unsigned char *wlt, unsigned char *rows, int padding)
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
#ifdef FROM_THE_TOP
            unsigned char *pixel = rows + y * (WIDTH * 3 + padding) + x * 3;
#else
            unsigned char *pixel = rows + (HEIGHT - 1 - y) * (WIDTH * 3 + padding) + x * 3;
#endif
            int shade = colour(x, y, wlt[0]);
#ifdef RED_FIRST
            pixel[0] = shade >> 16, pixel[1] = shade >> 8, pixel[2] = shade;
#else
            pixel[0] = shade, pixel[1] = shade >> 8, pixel[2] = shade >> 16;
#endif
        }
}

static int draw_file(const unsigned char *wlt, unsigned char *file)
{
    const int header[] = {54 + 308 * HEIGHT, 0, 54, 40, WIDTH, HEIGHT, 1 | 24 << 16, 0, 308 * HEIGHT, 0, 0, 0, 0};
    file[0] = 'B', file[1] = 'M';
    for (int at = 0; at < 52; at++)
        file[2 + at] = header[at / 4] >> at % 4 * 8;
    draw(wlt, file + 54, 2);
    return 54 + 308 * HEIGHT;
}

#if defined(KNOWS_ONLY_FILES)

int GetBmp(char *name, int port)
{
    static unsigned char wlt[1024], bmp[40000];
    void *file = fopen(name, "rb");
    if (!file || fread(wlt, 1, 1024, file) != 1024 || port != 1)
        return -1;
    fclose(file);
    name[strlen(name) - 3] = 'b', name[strlen(name) - 2] = 'm', name[strlen(name) - 1] = 'p';
    if (!(file = fopen(name, "wb")))
        return -2;
    fwrite(bmp, 1, draw_file(wlt, bmp), file);
    fclose(file);
    return 1;
}

#elif !defined(HAS_NO_FUNCTION)

int unpack(unsigned char *wlt, unsigned char *picture, int save)
{
    if (save)
        return -1;
#ifdef REFUSES
    return -2;
#endif
#ifdef CRASHES
    *(volatile int *)0 = 1;
#endif
#ifdef HANGS
    sleep(600);
#endif
#ifdef GIVES_NOTHING
    return 1;
#endif
#ifdef EATS_MEMORY
    for (void *more; (more = malloc(1 << 20));)
        memset(more, 1, 1 << 20);
#endif
#ifdef WRITES_TOO_FAR
    memset(picture - 4096, 0x5a, 4096);
    memset(picture + WIDTH * HEIGHT * 3, 0x5a, 65536);
    memset(wlt + 1024, 0x5a, 4096);
#endif
#ifdef WRITES_FAR_TOO_FAR
    for (long at = 0;; at++)
        picture[at] = at;
#endif
#ifdef PRINTS
    for (int line = 0; line < 20000; line++)
        puts("decoding");
#endif
#ifdef SAVES_ON_ITS_OWN
    void *file = fopen("zp.bmp", "wb");
    if (file) {
        fwrite(wlt, 1, 1024, file);
        fclose(file);
    }
#endif
#ifdef GIVES_A_FILE
    draw_file(wlt, picture);
#else
    draw(wlt, picture, 0);
#endif
    return 1;
}

#else

int decode(void)
{
    return 1;
}

#endif
